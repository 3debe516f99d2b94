package labels

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The two sets of real ads, by the name that goes into a row's hash.
const (
	ManualService = "manual-service"
	TopCVFullText = "topcv-full-text"
)

// Row is one ad: where it came from, its hash and the two texts the labels were read from.
type Row struct {
	Set   string
	Hash  string
	Title string
	Pay   string // the salary column, as it stands
	Place string // the city or location column, as it stands
}

// Hash names a row of a set: the first 16 hexadecimal digits of the SHA-256 of the set's name
// and the fields, joined by zero bytes. The fields are taken as they stand: not trimmed, not normalised.
func Hash(set string, fields ...string) string {
	sum := sha256.Sum256([]byte(set + "\x00" + strings.Join(fields, "\x00")))
	return hex.EncodeToString(sum[:])[:16]
}

// ReadManualService reads jobs.csv. A row's hash is over all its columns in the header's order.
func ReadManualService(r io.Reader) ([]Row, error) {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", ManualService, err)
	}
	if len(records) == 0 {
		return nil, fmt.Errorf("read %s: no header", ManualService)
	}
	title, pay, place := slices.Index(records[0], "job_title"), slices.Index(records[0], "salary"), slices.Index(records[0], "city")
	if title < 0 || pay < 0 || place < 0 {
		return nil, fmt.Errorf("read %s: header %q lacks job_title, salary or city", ManualService, records[0])
	}
	var rows []Row
	for _, rec := range records[1:] {
		rows = append(rows, Row{ManualService, Hash(ManualService, rec...), rec[title], rec[pay], rec[place]})
	}
	return rows, nil
}

// ReadTopCVFullText reads the JSON lines. A row's hash is over url, title, salary and location, in this order.
func ReadTopCVFullText(r io.Reader) ([]Row, error) {
	var rows []Row
	dec := json.NewDecoder(bufio.NewReader(r))
	for {
		var ad struct{ URL, Title, Salary, Location string }
		if err := dec.Decode(&ad); err == io.EOF {
			return rows, nil
		} else if err != nil {
			return nil, fmt.Errorf("read %s after row %d: %w", TopCVFullText, len(rows), err)
		}
		hash := Hash(TopCVFullText, ad.URL, ad.Title, ad.Salary, ad.Location)
		rows = append(rows, Row{TopCVFullText, hash, ad.Title, ad.Salary, ad.Location})
	}
}

// Folder is where the real ads lie: $NOIVIEC_SHARED/data/real-ads, or ../shared/data/real-ads beside
// the repository whose root is given.
func Folder(root string) string {
	shared := os.Getenv("NOIVIEC_SHARED")
	if shared == "" {
		shared = filepath.Join(root, "..", "shared")
	}
	return filepath.Join(shared, "data", "real-ads")
}

// ReadFolder reads both sets, each with its identical rows once, in file order.
func ReadFolder(folder string) (manual, topcv []Row, err error) {
	read := func(path string, from func(io.Reader) ([]Row, error)) ([]Row, error) {
		f, err := os.Open(filepath.Join(folder, path))
		if err != nil {
			return nil, err
		}
		defer f.Close()
		rows, err := from(f)
		return distinct(rows), err
	}
	if manual, err = read("manual-service/jobs.csv", ReadManualService); err != nil {
		return nil, nil, err
	}
	topcv, err = read("topcv-full-text/topcv_jobs_2025-05.jsonl", ReadTopCVFullText)
	return manual, topcv, err
}

func distinct(rows []Row) []Row {
	seen := make(map[string]bool, len(rows))
	var out []Row
	for _, r := range rows {
		if !seen[r.Hash] {
			seen[r.Hash] = true
			out = append(out, r)
		}
	}
	return out
}
