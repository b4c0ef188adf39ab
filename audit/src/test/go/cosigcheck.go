// Cosigcheck holds a witness's cosignature to Go's own note package and crypto/ed25519.
//
// Usage: cosigcheck NOTE LOG-KEY WITNESS-KEY
//
// NOTE is a file with a cosigned checkpoint, the keys are verifier keys. The witness's is of type 4 (C2SP
// tlog-cosignature), which note.NewVerifier does not know.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

func check(err error, where string) {
	if err != nil {
		fmt.Printf("refused: %s: %v\n", where, err)
		os.Exit(1)
	}
}

type witness struct {
	name string
	key  []byte
	time *uint64
}

func (w witness) Name() string { return w.name }

func (w witness) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(w.name+"\n\x04"), w.key...))
	return binary.BigEndian.Uint32(sum[:])
}

func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	*w.time = binary.BigEndian.Uint64(signature)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", *w.time, text)
	return ed25519.Verify(w.key, []byte(message), signature[8:])
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err, "note")
	log, err := note.NewVerifier(os.Args[2])
	check(err, "log's key")
	parts := strings.SplitN(os.Args[3], "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	check(err, "witness's key")
	w := witness{parts[0], key[1:], new(uint64)}
	if key[0] != 4 || len(w.key) != ed25519.PublicKeySize || fmt.Sprintf("%08x", w.KeyHash()) != parts[1] {
		check(fmt.Errorf("no key of a witness"), os.Args[3])
	}
	opened, err := note.Open(text, note.VerifierList(log, w))
	check(err, "signatures")
	if len(opened.Sigs) != 2 {
		check(fmt.Errorf("%d known, not 2", len(opened.Sigs)), "signatures")
	}
	fmt.Printf("cosigned at %d\n", *w.time)
}
