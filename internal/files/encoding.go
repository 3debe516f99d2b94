package files

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

var utf8BOM = []byte("\xEF\xBB\xBF")

// decoded turns a text file into UTF-8: UTF-16 with its mark, UTF-8 with or without, and Windows-1258 when
// the head is not UTF-8. It takes the mark off.
func decoded(in *bufio.Reader, head []byte) io.Reader {
	switch {
	case bytes.HasPrefix(head, utf8BOM):
		_, _ = in.Discard(len(utf8BOM))
		return in
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		_, _ = in.Discard(2)
		return &utf16Reader{in: in, low: 0}
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		_, _ = in.Discard(2)
		return &utf16Reader{in: in, low: 1}
	case !utf8.Valid(wholeRunes(head)):
		return &windows1258Reader{in: in}
	}
	return in
}

// wholeRunes drops a rune that the end of the head cut in two.
func wholeRunes(head []byte) []byte {
	for i := 1; i <= min(3, len(head)); i++ {
		if b := head[len(head)-i]; utf8.RuneStart(b) {
			if b >= utf8.RuneSelf && !utf8.FullRune(head[len(head)-i:]) {
				return head[:len(head)-i]
			}
			break
		}
	}
	return head
}

// utf16Reader gives UTF-16 as UTF-8; low is the place of the low byte of a pair.
type utf16Reader struct {
	in   *bufio.Reader
	low  int
	rest []byte
}

func (u *utf16Reader) unit() (rune, error) {
	var pair [2]byte
	if _, err := io.ReadFull(u.in, pair[:]); err != nil {
		if err == io.ErrUnexpectedEOF {
			err = io.EOF
		}
		return 0, err
	}
	return rune(pair[u.low]) | rune(pair[1-u.low])<<8, nil
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.rest) < len(p) && len(u.rest) < 4096 {
		r, err := u.unit()
		if err == nil && utf16.IsSurrogate(r) {
			var second rune
			if second, err = u.unit(); err == nil {
				r = utf16.DecodeRune(r, second)
			}
		}
		if err != nil {
			if len(u.rest) == 0 {
				return 0, err
			}
			break
		}
		u.rest = utf8.AppendRune(u.rest, r)
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

// windows1258 holds the upper half of the Vietnamese code page (Microsoft's table cp1258; U+FFFD is unused).
// Tones are marks of their own there: taxonomy.Clean composes them.
var windows1258 = []rune("€\uFFFD‚ƒ„…†‡ˆ‰\uFFFD‹Œ\uFFFD\uFFFD\uFFFD" +
	"\uFFFD‘’“”•–—˜™\uFFFD›œ\uFFFD\uFFFDŸ" +
	"\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿" +
	"ÀÁÂĂÄÅÆÇÈÉÊË\u0300ÍÎÏĐÑ\u0309ÓÔƠÖ×ØÙÚÛÜƯ\u0303ß" +
	"àáâăäåæçèéêë\u0301íîïđñ\u0323óôơö÷øùúûüư₫ÿ")

type windows1258Reader struct {
	in   *bufio.Reader
	rest []byte
}

func (w *windows1258Reader) Read(p []byte) (int, error) {
	for len(w.rest) < len(p) && len(w.rest) < 4096 {
		b, err := w.in.ReadByte()
		if err != nil {
			if len(w.rest) == 0 {
				return 0, err
			}
			break
		}
		if b < 0x80 {
			w.rest = append(w.rest, b)
		} else {
			w.rest = utf8.AppendRune(w.rest, windows1258[b-0x80])
		}
	}
	n := copy(p, w.rest)
	w.rest = w.rest[n:]
	return n, nil
}
