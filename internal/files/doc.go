// Package files is what people bring and take: ads and spreadsheets read in; exports, slips and reports
// written out. Each format is read or written here and nowhere else.
//
// Reading goes in three steps. [Rows] gives the rows of a CSV, XLSX, JSON or JSON-lines file one by one, with
// the line each stands on. An [Import] makes a posting or a worker of a row: [Import.PostingFromRow],
// [Import.WorkerFromRow]. [Import.ReadPostings] and [Import.ReadWorkers] do so for a whole file, count, put
// identical rows together, and keep what was refused so that [WriteRefused] can hand it back to be corrected
// and imported again. Nothing is stored here: casework does that, and knows what is new and what is unchanged.
//
// A column is known by its key, "title", and found under any of its names, Vietnamese or English, of the
// two sets of real ads, of the centres' own sheets, and of what this package exports: see columns.go.
//
// Nothing is guessed. A place that could be several, pay that cannot be meant so, and an employer nobody
// named stay what they are, and the row's [RowFacts] say so. What the program reads out of a text is marked
// as read, with the bytes it was read from, and is required only where the text says that it is.
//
// Writing: [ExportPostings], [ExportWorkers] and [ExportPlacements] as CSV or XLSX, in which no cell can be
// taken for a formula; [ReportCSV], [ReportText] and [ReportXLSX] for the monthly report; [SlipPDF] for the
// printed referral slip.
package files
