package store

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"

	"filippo.io/age"
	"go.mongodb.org/mongo-driver/v2/bson"

	"noiviec/internal/market"
)

// An archive is one gzip stream of records, each four bytes of length and a BSON document: first a header,
// then {c: collection, d: body} for every document ordered by collection, centre and id, last the manifest.
// With a passphrase the whole is encrypted by age (scrypt). It does not depend on the backend.

const archiveKind = "noiviec-backup-1"

// mostRecord bounds one record of an archive: no document is near it.
const mostRecord = 32 << 20

// Manifest says what an archive holds.
type Manifest struct {
	Counts map[string]int `json:"counts"`
	SHA256 string         `json:"sha256"` // of all records but the header and the manifest, hex
	Format int            `json:"format"`
}

// Total is the number of documents.
func (m Manifest) Total() int {
	n := 0
	for _, c := range m.Counts {
		n += c
	}
	return n
}

// Backup writes everything as it stands at one instant, while the store goes on working.
func (s *Store) Backup(ctx context.Context, to io.Writer, passphrase string) (Manifest, error) {
	manifest := Manifest{Counts: map[string]int{}, Format: len(migrations)}
	sealed, err := seal(to, passphrase)
	if err != nil {
		return manifest, err
	}
	zip := gzip.NewWriter(sealed)
	sum := sha256.New()
	if err := record(zip, bson.D{{Key: "kind", Value: archiveKind}, {Key: "format", Value: manifest.Format}}); err != nil {
		return manifest, err
	}
	err = s.be.snapshot(ctx, func(collection string, body bson.Raw) error {
		manifest.Counts[collection]++
		return record(io.MultiWriter(zip, sum), bson.D{{Key: "c", Value: collection}, {Key: "d", Value: body}})
	})
	if err != nil {
		return manifest, fmt.Errorf("back up: %w", err)
	}
	manifest.SHA256 = hex.EncodeToString(sum.Sum(nil))
	counts := bson.D{}
	for _, collection := range knownCollections {
		counts = append(counts, bson.E{Key: collection, Value: int64(manifest.Counts[collection])})
	}
	err = record(zip, bson.D{{Key: "manifest", Value: true}, {Key: "sha256", Value: manifest.SHA256}, {Key: "counts", Value: counts}})
	return manifest, errors.Join(err, zip.Close(), sealed.Close())
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

func seal(to io.Writer, passphrase string) (io.WriteCloser, error) {
	if passphrase == "" {
		return nopCloser{to}, nil
	}
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, fmt.Errorf("encrypt backup: %w", err)
	}
	return age.Encrypt(to, recipient)
}

func record(to io.Writer, doc bson.D) error {
	body, err := bson.Marshal(doc)
	if err != nil {
		return fmt.Errorf("write record: %w", err)
	}
	if _, err := to.Write(binary.BigEndian.AppendUint32(nil, uint32(len(body)))); err != nil {
		return err
	}
	_, err = to.Write(body)
	return err
}

// badArchive is told when an archive is cut off, changed, encrypted otherwise or none at all.
func badArchive(cause error) error {
	return &market.Error{Kind: market.Invalid, Key: "error.backup.damaged", Cause: cause}
}

// Restore checks a whole archive first and then fills an empty store with it; a store that holds anything is
// a Conflict "error.backup.not_empty".
func (s *Store) Restore(ctx context.Context, from io.ReadSeeker, passphrase string) (Manifest, error) {
	var none Manifest
	empty, err := s.be.empty(ctx)
	if err != nil {
		return none, err
	}
	if !empty {
		return none, market.Fail(market.Conflict, "error.backup.not_empty")
	}
	manifest, err := readArchive(from, passphrase, func(loaded) error { return ctx.Err() })
	if err != nil {
		return none, err
	}
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return none, fmt.Errorf("read archive again: %w", err)
	}
	var batch []loaded
	_, err = readArchive(from, passphrase, func(d loaded) error {
		if batch = append(batch, d); len(batch) < 500 {
			return nil
		}
		err := s.be.load(ctx, batch)
		batch = batch[:0]
		return err
	})
	if err == nil {
		err = s.be.load(ctx, batch)
	}
	return manifest, err
}

// Verify reads an archive and says what it holds, without a store.
func Verify(from io.Reader, passphrase string) (Manifest, error) {
	return readArchive(from, passphrase, func(loaded) error { return nil })
}

func readArchive(from io.Reader, passphrase string, use func(loaded) error) (Manifest, error) {
	manifest := Manifest{Counts: map[string]int{}}
	if passphrase != "" {
		identity, err := age.NewScryptIdentity(passphrase)
		if err != nil {
			return manifest, badArchive(err)
		}
		if from, err = age.Decrypt(from, identity); err != nil {
			return manifest, badArchive(err)
		}
	}
	zip, err := gzip.NewReader(bufio.NewReader(from))
	if err != nil {
		return manifest, badArchive(err)
	}
	header, _, err := next(zip)
	if err != nil {
		return manifest, badArchive(err)
	}
	if kind, _ := header.Lookup("kind").StringValueOK(); kind != archiveKind {
		return manifest, badArchive(fmt.Errorf("kind %q", kind))
	}
	format, _ := header.Lookup("format").AsInt64OK()
	if manifest.Format = int(format); manifest.Format > len(migrations) {
		return manifest, market.Fail(market.Unavailable, "error.store.newer", manifest.Format, len(migrations))
	}
	return manifest, readRecords(zip, &manifest, use)
}

func readRecords(zip io.Reader, manifest *Manifest, use func(loaded) error) error {
	sum := sha256.New()
	for {
		rec, framed, err := next(zip)
		if err != nil {
			return badArchive(err)
		}
		if last, _ := rec.Lookup("manifest").BooleanOK(); last {
			return manifest.check(rec, hex.EncodeToString(sum.Sum(nil)), zip)
		}
		sum.Write(framed)
		collection, _ := rec.Lookup("c").StringValueOK()
		body, ok := rec.Lookup("d").DocumentOK()
		if !ok || !known(collection) || body.Validate() != nil {
			return badArchive(fmt.Errorf("record of %q", collection))
		}
		manifest.Counts[collection]++
		if err := use(loaded{collection, bytes.Clone(body)}); err != nil {
			return err
		}
	}
}

// next reads one record; framed is the record with its length, as it was summed.
func next(from io.Reader) (rec bson.Raw, framed []byte, err error) {
	var length [4]byte
	if _, err := io.ReadFull(from, length[:]); err != nil {
		return nil, nil, err
	}
	n := binary.BigEndian.Uint32(length[:])
	if n < 5 || n > mostRecord {
		return nil, nil, fmt.Errorf("record of %d bytes", n)
	}
	framed = append(length[:], make([]byte, n)...)
	if _, err := io.ReadFull(from, framed[4:]); err != nil {
		return nil, nil, err
	}
	rec = framed[4:]
	return rec, framed, rec.Validate()
}

func (m *Manifest) check(rec bson.Raw, sum string, rest io.Reader) error {
	m.SHA256, _ = rec.Lookup("sha256").StringValueOK()
	if m.SHA256 != sum {
		return badArchive(errors.New("checksum differs"))
	}
	said := map[string]int{}
	counts, _ := rec.Lookup("counts").DocumentOK()
	elements, err := counts.Elements()
	if err != nil {
		return badArchive(err)
	}
	for _, e := range elements {
		if n := int(e.Value().AsInt64()); n > 0 {
			said[e.Key()] = n
		}
	}
	if !maps.Equal(said, m.Counts) {
		return badArchive(errors.New("counts differ"))
	}
	if _, err := io.Copy(io.Discard, rest); err != nil { // the stream's own checksum stands at its end
		return badArchive(err)
	}
	return nil
}
