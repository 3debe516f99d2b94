package files

import "strings"

// formulaStarts are the characters that make a spreadsheet take a cell for a formula or a command, the wide
// ones included, which some versions narrow first.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// protect makes a cell that a spreadsheet would run into one that it shows: an apostrophe before it.
// unprotect takes it off, and protect(unprotect(s)) never loses one that belonged to the text.
func protect(cell string) string {
	if startsFormula(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// unprotect takes off the apostrophe that protect, or a spreadsheet, put before a cell.
func unprotect(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && startsFormula(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return cell
}

func startsFormula(s string) bool { return s != "" && strings.IndexAny(s, formulaStarts) == 0 }
