// Logcheck holds a log to Go's own note and tlog packages.
//
// Usage: logcheck LOG VERIFIER-KEY PROOFS
//
// It opens the checkpoint, recomputes the root from the kept entries (from all of them, if none were
// pruned), reads every tile it needs through tlog.TileHashReader, which authenticates it, and checks the
// proofs in the file PROOFS: lines "inclusion INDEX HASHES" and "consistency OLD-SIZE HASHES".
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error, where string) {
	if err != nil {
		fmt.Printf("refused: %s: %v\n", where, err)
		os.Exit(1)
	}
}

func hash(text string) tlog.Hash {
	bytes, err := base64.StdEncoding.DecodeString(text)
	check(err, text)
	var h tlog.Hash
	if copy(h[:], bytes) != len(h) || len(bytes) != len(h) {
		check(fmt.Errorf("%d bytes", len(bytes)), "hash")
	}
	return h
}

type directory string

func (d directory) Height() int                       { return 8 }
func (d directory) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (d directory) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(string(d), path))
		if err != nil {
			return nil, err
		}
		all = append(all, bytes)
	}
	return all, nil
}

func bundle(log string, index int64, width int) []byte {
	tile := tlog.Tile{H: 8, L: -1, N: index, W: width}
	path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	bytes, err := os.ReadFile(filepath.Join(log, path))
	check(err, path)
	return bytes
}

func main() {
	log, verifierKey, proofs := os.Args[1], os.Args[2], os.Args[3]
	verifier, err := note.NewVerifier(verifierKey)
	check(err, "key")
	text, err := os.ReadFile(filepath.Join(log, "checkpoint"))
	check(err, "checkpoint")
	opened, err := note.Open(text, note.VerifierList(verifier))
	check(err, "checkpoint")
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err, "size")
	root := hash(lines[2])
	tiles := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, directory(log))

	minimum := int64(0)
	if text, err := os.ReadFile(filepath.Join(log, "minimum")); err == nil {
		minimum, err = strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
		check(err, "minimum")
	}
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var all []tlog.Hash
		for _, index := range indexes {
			all = append(all, stored[index])
		}
		return all, nil
	})
	leaves := map[int64]tlog.Hash{}
	for first := minimum; first < size; first += 256 {
		width := 256
		if size-first < 256 {
			width = int(size - first)
		}
		rest := bundle(log, first/256, width)
		for i := int64(0); i < int64(width); i++ {
			if len(rest) < 2 || len(rest) < 2+int(binary.BigEndian.Uint16(rest)) {
				check(fmt.Errorf("cut off"), fmt.Sprintf("entry %d", first+i))
			}
			length := 2 + int(binary.BigEndian.Uint16(rest))
			entry := rest[2:length]
			rest = rest[length:]
			leaves[first+i] = tlog.RecordHash(entry)
			if minimum == 0 {
				hashes, err := tlog.StoredHashes(first+i, entry, reader)
				check(err, "entry")
				stored = append(stored, hashes...)
			}
		}
		if len(rest) != 0 {
			check(fmt.Errorf("%d bytes too many", len(rest)), "bundle")
		}
		indexes := []int64{}
		for i := int64(0); i < int64(width); i++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, first+i))
		}
		hashes, err := tiles.ReadHashes(indexes)
		check(err, "tiles")
		for i, h := range hashes {
			if h != leaves[first+int64(i)] {
				check(fmt.Errorf("not the hash in its tile"), fmt.Sprintf("entry %d", first+int64(i)))
			}
		}
	}
	if minimum == 0 && size > 0 {
		computed, err := tlog.TreeHash(size, reader)
		check(err, "root")
		if computed != root {
			check(fmt.Errorf("not the one of the checkpoint"), "root")
		}
	}
	content, err := os.ReadFile(proofs)
	check(err, "proofs")
	checked := 0
	for _, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		number, err := strconv.ParseInt(fields[1], 10, 64)
		check(err, line)
		var path []tlog.Hash
		for _, field := range fields[2:] {
			path = append(path, hash(field))
		}
		if fields[0] == "inclusion" {
			check(tlog.CheckRecord(path, size, root, number, leaves[number]), line)
		} else {
			older, err := tlog.TreeHash(number, tiles)
			check(err, line)
			check(tlog.CheckTree(path, size, root, number, older), line)
		}
		checked++
	}
	fmt.Printf("holds: %d entries, %d read, %d proofs\n", size, len(leaves), checked)
}
