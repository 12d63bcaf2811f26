package cpace

import (
	"encoding/hex"
	"testing"

	"github.com/bwesterb/go-ristretto"
)

// The vectors are those of draft-irtf-cfrg-cpace-21, appendices B.3.1 to B.3.5,
// B.3.10 and B.3.11.
var draft = struct {
	e                                          Exchange
	generatorString, g                         string
	ya, shareA, yb, shareB, k, transcript, key string
}{
	e: Exchange{
		Password: []byte("Password"), Channel: []byte("\x0bA_initiator\x0bB_responder"),
		Session: []byte("\x7e\x4b\x47\x91\xd6\xa8\xef\x01\x9b\x93\x6c\x79\xfb\x7f\x2c\x57"),
	},
	generatorString: "11435061636552697374726574746f3235350850617373776f726464" +
		"00000000000000000000000000000000000000000000000000000000" +
		"00000000000000000000000000000000000000000000000000000000" +
		"00000000000000000000000000000000000000000000000000000000" +
		"00000000000000000000000000000000180b415f696e69746961746f" +
		"720b425f726573706f6e646572107e4b4791d6a8ef019b936c79fb7f2c57",
	g:      "222b6b195fe84b1652badb6f6a3ae3d24341e7306967f0b8115b40d5698c7e56",
	ya:     "da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08",
	shareA: "d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157",
	yb:     "d2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d",
	shareB: "3ea7e0b19560d7c0b0f5734f63b955286dfa8232b5ebe63324e2d9e7433f7258",
	k:      "80b69a8a76457ab6a4d7f887a4bf6b55a2f80ac19c333f917a05fc9887c8b40f",
	transcript: "20d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0e" +
		"ec482b915703414461203ea7e0b19560d7c0b0f5734f63b955286dfa" +
		"8232b5ebe63324e2d9e7433f725803414462",
	key: "b69effbf61b51d56401c0f65601abe428de8206feaaf0e32198896dc" +
		"ae7b35cd2b38950a39dfd5d4a79164614c2984f7daa460b588c1e80c3fa2068af7900447",
}

func is(t *testing.T, what string, got []byte, want string) {
	t.Helper()
	if hex.EncodeToString(got) != want {
		t.Errorf("%s is %x, want %s", what, got, want)
	}
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func scalar(t *testing.T, s string) *ristretto.Scalar {
	t.Helper()
	var x ristretto.Scalar
	return x.SetBytes((*[32]byte)(unhex(t, s)))
}

func TestDraftVectors(t *testing.T) {
	is(t, "the generator string", generatorString(draft.e), draft.generatorString)
	is(t, "the generator", generator(draft.e).Bytes(), draft.g)
	ya, yb := scalar(t, draft.ya), scalar(t, draft.yb)
	shareA, shareB := share(draft.e, ya), share(draft.e, yb)
	is(t, "Ya", shareA, draft.shareA)
	is(t, "Yb", shareB, draft.shareB)
	for name, f := range map[string]func() ([]byte, error){
		"K of A": func() ([]byte, error) { return multiplyVerified(ya, shareB) },
		"K of B": func() ([]byte, error) { return multiplyVerified(yb, shareA) },
	} {
		k, err := f()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		is(t, name, k, draft.k)
	}
	said := transcript(shareA, []byte("ADa"), shareB, []byte("ADb"))
	is(t, "the transcript", said, draft.transcript)
	is(t, "the key", sessionKey(draft.e.Session, unhex(t, draft.k), said), draft.key)
}

func TestDraftInvalidShares(t *testing.T) {
	s := scalar(t, "7cd0e075fa7955ba52c02759a6c90dbbfc10e6d40aea8d283e407d88cf538a05")
	k, err := multiplyVerified(s, unhex(t, "2c3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c"))
	if err != nil {
		t.Error(err)
	}
	is(t, "what a valid one leads to", k, "7c13645fe790a468f62c39beb7388e541d8405d1ade69d1778c5fe3e7f6b600e")
	for _, bad := range []string{
		"2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c", // Y_i1
		"0000000000000000000000000000000000000000000000000000000000000000", // Y_i2, the neutral element
		// RFC 9496, appendix A.3: no canonical encodings of a field element, and a negative one.
		"00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"0100000000000000000000000000000000000000000000000000000000000000",
		"", "00",
	} {
		if k, err := multiplyVerified(s, unhex(t, bad)); err == nil {
			t.Errorf("%s leads to %x", bad, k)
		}
	}
}
