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

	// What is ours: columns that the source does not have, empty where no row of ours says otherwise, and rows that stand
	// for those of the source, by all that tells them apart.
	more []string
	ours map[string][]string
}

var packs = []pack{
	{source: "admin-units/provinces.csv", columns: []string{"code", "name", "full_name", "type", "name_en", "centroid_lat", "centroid_lon", "old_provinces"}, target: "provinces.csv"},
	{source: "admin-units/communes.csv", columns: []string{"code", "name", "type", "province_code", "lat", "lon"}, target: "communes.csv.gz"},
	{source: "admin-units/old_districts_to_new.csv", columns: []string{"old_province", "old_province_code", "old_district_code", "old_district", "new_province_code", "new_ward_codes"}, target: "old_districts.csv.gz"},
	{source: "admin-units/old_units_to_new.csv", columns: []string{"old_district_code", "old_ward_code", "old_ward", "divided", "new_ward_code"}, target: "old_communes.csv.gz"},
	{source: "vsco/vsco2020_level1_2.csv", columns: []string{"code", "level", "title_vi"}, target: "vsco_groups.csv"},
	{source: "vsco/vsco2020_level4.csv", columns: []string{"vsco_code4", "title_vi", "level5_titles_vi", "isco08"}, target: "vsco.csv.gz"},
	{source: "taxonomy/occupations.csv", columns: []string{"isco08", "title_en", "title_vi", "vsco2020_codes"}, target: "isco.csv.gz"},
	{source: "vsic/vsic2018_level4_keywords.csv", columns: []string{"section", "code4", "name_vi", "product_keywords_vi"}, target: "vsic.csv.gz"},
	{source: "vsic/vsic2025_sections.csv", columns: []string{"section_2025", "name_vi", "divisions"}, target: "vsic_sections.csv"},
	{source: "reference-codes/ethnic_groups_54.csv", columns: []string{"code", "name_vi", "other_names"}, target: "ethnic_groups.csv", ours: map[string][]string{
		"08": {"08", "Mông", "HMông;H'Mông;Hmông;Mèo;Mẹo"}, // as the people and the press write it today
	}},
	{source: "reference-codes/form_lists.csv", columns: []string{"list", "order", "label_vi", "english"}, target: "form_lists.csv", more: []string{"other_names"}, ours: map[string][]string{
		"cmkt,2":  {"cmkt", "2", "Công nhân kỹ thuật không có bằng", "skilled worker without certificate", "CNKT không bằng;CNKT không có bằng"}, // the form abbreviates
		"cmkt,3":  {"cmkt", "3", "Chứng chỉ nghề dưới 3 tháng", "vocational certificate of under 3 months", ""},
		"cmkt,5b": {"cmkt", "5b", "Trung học nghề (từ 2026)", "vocational upper secondary (from 2026)", ""}, // Law 124/2025/QH15
	}},
	{source: "reference-codes/training_fields.csv", columns: []string{"code4", "name_vi"}, target: "training_fields.csv"},
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
	used := 0
	for i, row := range rows {
		kept := make([]string, len(p.columns), len(p.columns)+len(p.more))
		for k, name := range p.columns {
			at := slices.Index(rows[0], name)
			if at < 0 {
				return nil, fmt.Errorf("no column %q", name)
			}
			kept[k] = row[at]
		}
		ours, known := p.ours[kept[0]]
		if !known && len(kept) > 1 {
			ours, known = p.ours[kept[0]+","+kept[1]]
		}
		switch {
		case i == 0:
			kept = append(kept, p.more...)
		case known:
			kept, used = ours, used+1
		default:
			kept = append(kept, make([]string, len(p.more))...)
		}
		if err := w.Write(kept); err != nil {
			return nil, err
		}
	}
	if used != len(p.ours) {
		return nil, fmt.Errorf("%d rows of ours stand for a row of the source, want all %d", used, len(p.ours))
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
