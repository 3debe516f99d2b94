// Command gen packs the reference files into the data folder that package taxonomy embeds: only the columns
// that are read, in a stable order, compressed when large. Run it after a source changes:
//
//	go generate ./internal/taxonomy
//
// The skill and certificate lists, the wages and the countries are kept by hand in the data folder itself.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// pack is one file to write: the columns taken from one source file.
type pack struct {
	source  string
	columns []string
	target  string // ".gz" is compressed
}

var packs = []pack{
	{"admin-units/provinces.csv", []string{"code", "name", "full_name", "type", "name_en", "centroid_lat", "centroid_lon", "old_provinces"}, "provinces.csv"},
	{"admin-units/communes.csv", []string{"code", "name", "type", "province_code", "lat", "lon"}, "communes.csv.gz"},
	{"admin-units/old_districts_to_new.csv", []string{"old_province", "old_province_code", "old_district_code", "old_district", "new_province_code", "new_ward_codes"}, "old_districts.csv.gz"},
	{"admin-units/old_units_to_new.csv", []string{"old_district_code", "old_ward_code", "old_ward", "divided", "new_ward_code"}, "old_communes.csv.gz"},
	{"vsco/vsco2020_level1_2.csv", []string{"code", "level", "title_vi"}, "vsco_groups.csv"},
	{"vsco/vsco2020_level4.csv", []string{"vsco_code4", "title_vi", "level5_titles_vi", "isco08"}, "vsco.csv.gz"},
	{"taxonomy/occupations.csv", []string{"isco08", "title_en", "title_vi", "vsco2020_codes"}, "isco.csv.gz"},
	{"vsic/vsic2018_level4_keywords.csv", []string{"section", "code4", "name_vi", "product_keywords_vi"}, "vsic.csv.gz"},
	{"vsic/vsic2025_sections.csv", []string{"section_2025", "name_vi", "divisions"}, "vsic_sections.csv"},
	{"reference-codes/ethnic_groups_54.csv", []string{"code", "name_vi", "other_names"}, "ethnic_groups.csv"},
	{"reference-codes/form_lists.csv", []string{"list", "order", "label_vi", "english"}, "form_lists.csv"},
	{"reference-codes/training_fields.csv", []string{"code4", "name_vi"}, "training_fields.csv"},
}

func main() {
	from := flag.String("from", "", "folder of the reference files")
	to := flag.String("to", "data", "folder to write")
	flag.Parse()
	for _, p := range packs {
		if err := p.write(*from, *to); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func (p pack) write(from, to string) error {
	packed, err := p.pack(from)
	if err != nil {
		return fmt.Errorf("pack %s: %w", p.source, err)
	}
	if strings.HasSuffix(p.target, ".gz") {
		if packed, err = compress(packed); err != nil {
			return fmt.Errorf("compress %s: %w", p.target, err)
		}
	}
	return os.WriteFile(filepath.Join(to, p.target), packed, 0o644)
}

// pack gives the chosen columns of the source as CSV.
func (p pack) pack(from string) ([]byte, error) {
	raw, err := os.ReadFile(filepath.Join(from, p.source))
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\uFEFF")))).ReadAll()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, row := range rows {
		kept := make([]string, len(p.columns))
		for i, name := range p.columns {
			at := slices.Index(rows[0], name)
			if at < 0 {
				return nil, fmt.Errorf("no column %q", name)
			}
			kept[i] = row[at]
		}
		if err := w.Write(kept); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// compress writes no time and no name into the header, so that equal data is an equal file.
func compress(data []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}
