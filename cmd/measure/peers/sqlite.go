package main

import (
	"database/sql"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	_ "github.com/mattn/go-sqlite3"
)

// sqlite is FTS5 over folded text: the tokenizer takes the marks off, đ is written d beforehand.
type sqlite struct {
	db  *sql.DB
	ids []string
}

func openSQLite(dir string) (*sqlite, error) {
	db, err := sql.Open("sqlite3", filepath.Join(dir, "docs.db")+"?_journal_mode=WAL&_synchronous=NORMAL&_cache_size=-1000000")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // one connection: temporary tables belong to it
	return &sqlite{db: db}, nil
}

func (s *sqlite) close() error { return s.db.Close() }

const sqliteSchema = `
drop table if exists doc; drop table if exists code; drop table if exists fts;
create table doc(id integer primary key, least integer, most integer, novice integer);
create table code(doc integer, code integer, primary key(doc, code)) without rowid;
create virtual table fts using fts5(title, body, content='', tokenize="unicode61 remove_diacritics 2");
insert into fts(fts, rank) values('rank', 'bm25(8.0, 1.0)');
create temp table if not exists hit(id integer primary key, score real);`

func (s *sqlite) build(docs []document) error {
	if _, err := s.db.Exec(sqliteSchema); err != nil {
		return err
	}
	tx, err := s.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	number := numbers(docs)
	s.ids = s.ids[:0]
	var insert [3]*sql.Stmt
	for i, text := range []string{"insert into doc values(?,?,?,?)", "insert into code values(?,?)", "insert into fts(rowid,title,body) values(?,?,?)"} {
		if insert[i], err = tx.Prepare(text); err != nil {
			return err
		}
	}
	for i, d := range docs {
		s.ids = append(s.ids, d.ID)
		if _, err := insert[0].Exec(i, d.Least, d.Most, d.Novice); err != nil {
			return err
		}
		for _, c := range d.Codes {
			if _, err := insert[1].Exec(i, number[c]); err != nil {
				return err
			}
		}
		if _, err := insert[2].Exec(i, plainD(d.Title), plainD(d.Body)); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("insert into fts(fts) values('optimize')"); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = s.db.Exec("analyze")
	return err
}

var plainD = strings.NewReplacer("đ", "d", "Đ", "D").Replace

// ask wants every word, and any word when that finds nothing.
func (s *sqlite) ask(text string) ([]string, error) {
	words := strings.FieldsFunc(plainD(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	if len(words) == 0 {
		return nil, nil
	}
	for i, w := range words {
		words[i] = `"` + w + `"`
	}
	ids, err := s.match(strings.Join(words, " AND "))
	if err == nil && len(ids) == 0 && len(words) > 1 {
		return s.match(strings.Join(words, " OR "))
	}
	return ids, err
}

// match finds once, keeps what it found for the counts, and takes the best 20.
func (s *sqlite) match(query string) ([]string, error) {
	if _, err := s.db.Exec("delete from hit"); err != nil {
		return nil, err
	}
	if _, err := s.db.Exec("insert into hit select rowid, rank from fts where fts match ?", query); err != nil {
		return nil, err
	}
	var ids []string
	if err := s.each("select id, 0 from hit order by score limit 20", func(id, _ int64) { ids = append(ids, s.ids[id]) }); err != nil {
		return nil, err
	}
	counts := map[int64]int64{}
	err := s.each("select code, count(*) from hit join code on code.doc = hit.id group by code", func(code, n int64) { counts[code] = n })
	if err != nil {
		return nil, err
	}
	bands := "sum(novice)"
	for _, least := range payBands {
		bands += ", sum(max(least, most) >= " + strconv.FormatInt(least, 10) + ")"
	}
	row := s.db.QueryRow("select " + bands + " from hit join doc using(id)")
	var into [6]sql.NullInt64
	return ids, row.Scan(&into[0], &into[1], &into[2], &into[3], &into[4], &into[5])
}

func (s *sqlite) each(query string, use func(a, b int64)) error {
	rows, err := s.db.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a, b int64
		if err := rows.Scan(&a, &b); err != nil {
			return err
		}
		use(a, b)
	}
	return rows.Err()
}
