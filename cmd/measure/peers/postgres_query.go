package main

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

func connect(port string) (conn *pgx.Conn, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		conn, err = pgx.Connect(ctx, "postgres://peer@127.0.0.1:"+port+"/postgres?sslmode=disable")
		if err == nil || ctx.Err() != nil {
			return conn, err
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
		}
	}
}

const postgresSchema = `
create extension if not exists unaccent; create extension if not exists pg_trgm; create extension if not exists intarray;
drop table if exists doc;
drop text search configuration if exists vi;
create text search configuration vi (copy = simple);
alter text search configuration vi alter mapping for asciiword, word, numword, hword, hword_part, asciihword, hword_asciipart, numhword, hword_numpart with unaccent, simple;
create table doc(id int primary key, title text, words tsvector, least bigint, most bigint, novice boolean, codes int[]);`

func (p *postgres) build(docs []document) error {
	ctx := context.Background()
	if _, err := p.conn.Exec(ctx, postgresSchema); err != nil {
		return err
	}
	number := numbers(docs)
	p.ids = p.ids[:0]
	if _, err := p.conn.Exec(ctx, "create temp table raw(id int, title text, body text, least bigint, most bigint, novice boolean, codes int[])"); err != nil {
		return err
	}
	_, err := p.conn.CopyFrom(ctx, pgx.Identifier{"raw"}, []string{"id", "title", "body", "least", "most", "novice", "codes"},
		pgx.CopyFromSlice(len(docs), func(i int) ([]any, error) {
			d := docs[i]
			p.ids = append(p.ids, d.ID)
			codes := make([]int32, len(d.Codes))
			for j, c := range d.Codes {
				codes[j] = number[c]
			}
			return []any{i, d.Title, d.Body, d.Least, d.Most, d.Novice, codes}, nil
		}))
	if err != nil {
		return err
	}
	for _, step := range []string{
		`insert into doc select id, title, setweight(to_tsvector('vi', title), 'A') || setweight(to_tsvector('vi', body), 'D'), least, most, novice, codes from raw`,
		`drop table raw`,
		`create index on doc using gin(words)`,
		`create index on doc using gin(title gin_trgm_ops)`,
		`vacuum analyze doc`,
	} {
		if _, err := p.conn.Exec(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// found is what matches, kept for the best and for the counts.
const (
	byWords = `with found as materialized (select id, codes, least, most, novice, ts_rank('{0.1,0.2,0.4,1.0}', words, q) score
		from doc, websearch_to_tsquery('vi', $1) q where words @@ q)`
	byTrigrams = `with found as materialized (select id, codes, least, most, novice, similarity(title, $1) score from doc where title % $1)`
	answerOf   = `
		(select 0 kind, id::bigint a, 0::bigint b from found order by score desc, id limit 20)
		union all select 1, code, count(*) from (select unnest(codes) code from found) c group by code
		union all select 2, count(*) filter (where novice), count(*) filter (where greatest(least, most) >= 5000000) from found
		union all select 3, count(*) filter (where greatest(least, most) >= 7000000), count(*) filter (where greatest(least, most) >= 10000000) from found
		union all select 4, count(*) filter (where greatest(least, most) >= 15000000), count(*) filter (where greatest(least, most) >= 20000000) from found`
)

func (p *postgres) ask(text string) ([]string, error) {
	ids, err := p.match(byWords+answerOf, text)
	if err == nil && len(ids) == 0 {
		return p.match(byTrigrams+answerOf, text)
	}
	return ids, err
}

func (p *postgres) match(query, text string) ([]string, error) {
	rows, err := p.conn.Query(context.Background(), query, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	counts := map[int64]int64{}
	for rows.Next() {
		var kind int
		var a, b int64
		if err := rows.Scan(&kind, &a, &b); err != nil {
			return nil, err
		}
		if kind == 0 {
			ids = append(ids, p.ids[a])
		} else {
			counts[int64(kind)<<32|a] = b
		}
	}
	return ids, rows.Err()
}
