package files

import (
	"fmt"

	"github.com/skip2/go-qrcode"
)

// qrPNG draws an address as a black and white picture, readable with a seventh of it damaged.
func qrPNG(address string) ([]byte, error) {
	png, err := qrcode.Encode(address, qrcode.Medium, 256)
	if err != nil {
		return nil, fmt.Errorf("draw qr code: %w", err)
	}
	return png, nil
}
