// Gowitness is a witness (C2SP tlog-witness) made of Go's own note, tlog, crypto/ed25519 and net/http.
//
// Usage: gowitness NAME LOG-KEY
//
// Prints its verifier key, then the port it listens on, and serves until its standard input ends.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// cosigner signs as tlog-cosignature says.
type cosigner struct {
	name string
	key  ed25519.PrivateKey
}

func (c cosigner) Name() string { return c.name }

func (c cosigner) public() []byte { return append([]byte{4}, c.key.Public().(ed25519.PublicKey)...) }

func (c cosigner) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(c.name+"\n"), c.public()...))
	return binary.BigEndian.Uint32(sum[:])
}

func (c cosigner) Sign(text []byte) ([]byte, error) {
	now := uint64(time.Now().Unix())
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", now, text)
	signature := binary.BigEndian.AppendUint64(nil, now)
	return append(signature, ed25519.Sign(c.key, []byte(message))...), nil
}

type witness struct {
	lock   sync.Mutex
	signer cosigner
	log    note.Verifier
	tree   tlog.Tree
}

func hash(line string) (h tlog.Hash, err error) {
	decoded, err := base64.StdEncoding.DecodeString(line)
	if err == nil && copy(h[:], decoded) != len(h) {
		err = fmt.Errorf("no hash: %s", line)
	}
	return h, err
}

// parse reads a request: "old N", the proof, a blank line, the checkpoint.
func parse(body []byte) (old int64, proof tlog.TreeProof, checkpoint []byte, err error) {
	head, checkpoint, _ := bytes.Cut(body, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	old, err = strconv.ParseInt(strings.TrimPrefix(lines[0], "old "), 10, 64)
	for _, line := range lines[1:] {
		if err == nil {
			var h tlog.Hash
			h, err = hash(line)
			proof = append(proof, h)
		}
	}
	return old, proof, checkpoint, err
}

func (w *witness) add(body []byte) (int, string) {
	w.lock.Lock()
	defer w.lock.Unlock()
	old, proof, checkpoint, err := parse(body)
	if err != nil {
		return http.StatusBadRequest, err.Error()
	}
	opened, err := note.Open(checkpoint, note.VerifierList(w.log))
	if err != nil {
		return http.StatusForbidden, err.Error()
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || lines[0] != w.log.Name() {
		return http.StatusBadRequest, opened.Text
	}
	root, err := hash(lines[2])
	if err != nil || old > size {
		return http.StatusBadRequest, opened.Text
	}
	if old != w.tree.N {
		return http.StatusConflict, fmt.Sprintf("%d\n", w.tree.N)
	}
	if w.tree.N > 0 && tlog.CheckTree(proof, size, root, w.tree.N, w.tree.Hash) != nil {
		return http.StatusUnprocessableEntity, "another history\n"
	}
	w.tree = tlog.Tree{N: size, Hash: root}
	signed, err := note.Sign(&note.Note{Text: opened.Text}, w.signer)
	if err != nil {
		return http.StatusInternalServerError, err.Error()
	}
	return http.StatusOK, string(signed[len(opened.Text)+1:])
}

func main() {
	log, err := note.NewVerifier(os.Args[2])
	must(err)
	_, key, err := ed25519.GenerateKey(rand.Reader)
	must(err)
	w := &witness{signer: cosigner{os.Args[1], key}, log: log}
	fmt.Printf("%s+%08x+%s\n", w.signer.name, w.signer.KeyHash(), base64.StdEncoding.EncodeToString(w.signer.public()))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	http.HandleFunc("/add-checkpoint", func(out http.ResponseWriter, in *http.Request) {
		body, err := io.ReadAll(in.Body)
		if err != nil {
			return
		}
		status, text := w.add(body)
		out.WriteHeader(status)
		io.WriteString(out, text)
	})
	go http.Serve(listener, nil)
	io.Copy(io.Discard, os.Stdin)
}
