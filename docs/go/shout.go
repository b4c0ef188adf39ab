// An input method that no SDK knows of: letters are shown in capitals, and what ends the word puts it into the text.
// It speaks the contract in proto/ with stubs that protoc made, as docs/capability-format.md says under "What an SDK does".
package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"io"
	"net"
	"os"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	input "keywarden/input/v1"
	plugin "keywarden/plugin/v1"
)

const (
	chord     = 4 | 8 | 64 // Control, Alt, Super
	backspace = 0xFF08
	modifiers = 0xFFE1 // the first of X11's keysyms of modifiers, up to Hyper_R
	lastOne   = 0xFFEE
)

// frame is PASETO's pre-authentication encoding: the number of parts, then each after its length, 8 bytes little endian.
func frame(parts ...[]byte) []byte {
	framed := binary.LittleEndian.AppendUint64(nil, uint64(len(parts)))
	for _, part := range parts {
		framed = binary.LittleEndian.AppendUint64(framed, uint64(len(part)))
		framed = append(framed, part...)
	}
	return framed
}

// ime is one process: one connection, and the key that its capabilities are bound to.
type ime struct {
	service plugin.PluginServiceClient
	private ed25519.PrivateKey
	nonce   []byte
	streams map[uint64]*composition
}

// composition is one capability in use.
type composition struct {
	plugin.PluginService_ComposeClient
	cancel   context.CancelFunc
	renewals chan []byte
	word     string
}

func main() {
	socket := os.Getenv("KEYWARDEN_SOCKET")
	dial := func(ctx context.Context, _ string) (net.Conn, error) {
		var dialer net.Dialer
		return dialer.DialContext(ctx, "unix", socket)
	}
	connection, err := grpc.Dial("localhost", grpc.WithInsecure(), grpc.WithContextDialer(dial))
	if err != nil {
		os.Exit(69)
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		os.Exit(70)
	}
	self := ime{plugin.NewPluginServiceClient(connection), private, nil, map[uint64]*composition{}}
	if self.serve() != io.EOF {
		os.Exit(69)
	}
}

// serve goes on until the broker ends the session.
func (self *ime) serve() error {
	session, err := self.service.Connect(context.Background())
	for err == nil {
		var told *plugin.ConnectResponse
		if told, err = session.Recv(); err != nil {
			break
		}
		switch message := told.Message.(type) {
		case *plugin.ConnectResponse_Welcome:
			self.nonce = message.Welcome.ConnectionNonce
			err = session.Send(self.registration())
		case *plugin.ConnectResponse_GrantOffered:
			self.open(message.GrantOffered)
		case *plugin.ConnectResponse_GrantRenewed:
			if stream := self.streams[message.GrantRenewed.Grant]; stream != nil {
				stream.renewals <- message.GrantRenewed.Token
			}
		case *plugin.ConnectResponse_GrantRevoked:
			if stream := self.streams[message.GrantRevoked.Grant]; stream != nil {
				stream.cancel()
				delete(self.streams, message.GrantRevoked.Grant)
			}
		}
	}
	return err
}

func (self *ime) registration() *plugin.ConnectRequest {
	public := self.private.Public().(ed25519.PublicKey)
	proof := ed25519.Sign(self.private, frame([]byte("keywarden.v1.register"), self.nonce, public))
	return &plugin.ConnectRequest{Message: &plugin.ConnectRequest_Register{Register: &plugin.Register{
		PluginId: os.Getenv("KEYWARDEN_PLUGIN_ID"), HolderKey: public, Proof: proof}}}
}

// open presents a capability, with the proof that it is ours.
func (self *ime) open(offer *plugin.GrantOffered) {
	proof := ed25519.Sign(self.private, frame([]byte("keywarden.v1.present"), self.nonce, offer.Token))
	ctx, cancel := context.WithCancel(metadata.AppendToOutgoingContext(context.Background(),
		"keywarden-token-bin", string(offer.Token), "keywarden-proof-bin", string(proof)))
	stream, err := self.service.Compose(ctx)
	if err != nil {
		cancel()
		return
	}
	opened := &composition{stream, cancel, make(chan []byte, 8), ""}
	self.streams[offer.Grant] = opened
	keys := make(chan *plugin.KeyDelivery)
	go opened.receive(keys)
	go opened.answerAll(keys)
}

// receive hands keys on, one at a time: while none is answered, none is read.
func (stream *composition) receive(keys chan<- *plugin.KeyDelivery) {
	defer close(keys)
	for {
		told, err := stream.Recv()
		if err != nil { // also how a revocation ends it
			return
		}
		if reset := told.GetCompositionReset(); reset != nil {
			keys <- nil
		} else if key := told.GetKey(); key != nil {
			keys <- key
		}
	}
}

// answerAll is the only one that sends on the stream.
func (stream *composition) answerAll(keys <-chan *plugin.KeyDelivery) {
	defer stream.cancel()
	for {
		select {
		case token := <-stream.renewals:
			stream.Send(&plugin.ComposeRequest{Message: &plugin.ComposeRequest_Renewal{Renewal: token}})
		case key, more := <-keys:
			if !more {
				return
			}
			if key == nil {
				stream.word = ""
				continue
			}
			answer := stream.onKey(key.Key)
			answer.Sequence = key.Sequence
			stream.Send(&plugin.ComposeRequest{Message: &plugin.ComposeRequest_Answer{Answer: answer}})
		}
	}
}

// onKey is the input method; the rest is what an SDK would do.
func (stream *composition) onKey(key *input.Key) *plugin.KeyAnswer {
	letter := key.Keysym >= 'a' && key.Keysym <= 'z' && key.Modifiers&chord == 0
	modifier := key.Keysym >= modifiers && key.Keysym <= lastOne
	switch {
	case key.Action == input.KeyAction_KEY_ACTION_RELEASE, modifier, !letter && stream.word == "":
		return &plugin.KeyAnswer{}
	case letter:
		stream.word += strings.ToUpper(string(rune(key.Keysym)))
		return &plugin.KeyAnswer{Handled: true, Actions: []*input.Action{preedit(stream.word)}}
	case key.Keysym == backspace:
		stream.word = stream.word[:len(stream.word)-1]
		return &plugin.KeyAnswer{Handled: true, Actions: []*input.Action{preedit(stream.word)}}
	}
	commit := &input.Action{Action: &input.Action_Commit{Commit: stream.word}}
	stream.word = ""
	return &plugin.KeyAnswer{Actions: []*input.Action{preedit(""), commit}}
}

func preedit(text string) *input.Action {
	return &input.Action{Action: &input.Action_Preedit{Preedit: &input.Preedit{
		Text: text, Cursor: uint32(len(text)), End: input.PreeditEnd_PREEDIT_END_COMMIT}}}
}
