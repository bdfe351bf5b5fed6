package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// identities are who may speak to the API server, by token: file name, user, groups.
func identities(node string) [][3]string {
	return [][3]string{
		{"admin", "solo:admin", "system:masters"},
		{"controller-manager", "system:kube-controller-manager", ""},
		{"scheduler", "system:kube-scheduler", ""},
		{"kubelet", "system:node:" + node, "system:nodes"},
	}
}

// pki writes keys and kubeconfigs for one cluster into a folder, anew for each start. The key that signs them all is
// never written: nothing is signed later.
func pki(arguments []string) error {
	if len(arguments) != 3 {
		return errors.New("pki needs DIR NODE URL")
	}
	folder, node, url := arguments[0], arguments[1], arguments[2]
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	w := &keyWriter{folder: folder}
	w.authority()
	loopback := []net.IP{net.IPv4(127, 0, 0, 1)}
	w.certificate("apiserver", pkix.Name{CommonName: "kube-apiserver"},
		// 10.96.0.1 is the first address of the service range: how pods name the API server.
		append(loopback, net.IPv4(10, 96, 0, 1)), "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc")
	w.certificate("kubelet", pkix.Name{CommonName: "system:node:" + node}, loopback, node, "localhost")
	// The API server shows this one to the kubelet for logs and exec.
	w.certificate("kubelet-client", pkix.Name{CommonName: "kube-apiserver", Organization: []string{"system:masters"}}, nil)
	w.serviceAccountKeys()
	var tokens strings.Builder
	for _, who := range identities(node) {
		token := rand.Text()
		fmt.Fprintf(&tokens, "%s,%s,%s,\"%s\"\n", token, who[1], who[0], who[2])
		w.file(who[0]+".kubeconfig", kubeconfig(url, w.authorityPem, who[0], token))
	}
	w.file("tokens.csv", []byte(tokens.String()))
	return w.err
}

// keyWriter remembers the first error, so that pki reads as a list.
type keyWriter struct {
	folder       string
	signer       *ecdsa.PrivateKey
	issuer       *x509.Certificate
	authorityPem []byte
	err          error
}

func (w *keyWriter) file(name string, content []byte) {
	path := filepath.Join(w.folder, name)
	if w.err == nil {
		_ = os.Remove(path) // an existing file would keep its mode
		w.err = os.WriteFile(path, content, 0o600)
	}
}

func (w *keyWriter) key() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	w.err = errors.Join(w.err, err)
	return key
}

func (w *keyWriter) authority() {
	w.signer = w.key()
	w.issuer = template(pkix.Name{CommonName: "solo-cluster"})
	w.issuer.IsCA, w.issuer.BasicConstraintsValid = true, true
	w.issuer.KeyUsage |= x509.KeyUsageCertSign
	w.authorityPem = w.sign(w.issuer, w.signer.Public())
	w.file("ca.crt", w.authorityPem)
}

func (w *keyWriter) certificate(name string, subject pkix.Name, addresses []net.IP, names ...string) {
	key, certificate := w.key(), template(subject)
	certificate.IPAddresses, certificate.DNSNames = addresses, names
	certificate.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	w.file(name+".crt", w.sign(certificate, key.Public()))
	w.file(name+".key", w.private(key))
}

func (w *keyWriter) serviceAccountKeys() {
	key := w.key()
	w.file("sa.key", w.private(key))
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	w.err = errors.Join(w.err, err)
	w.file("sa.pub", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}))
}

func (w *keyWriter) sign(certificate *x509.Certificate, public crypto.PublicKey) []byte {
	der, err := x509.CreateCertificate(rand.Reader, certificate, w.issuer, public, w.signer)
	w.err = errors.Join(w.err, err)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func (w *keyWriter) private(key *ecdsa.PrivateKey) []byte {
	der, err := x509.MarshalECPrivateKey(key)
	w.err = errors.Join(w.err, err)
	return pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der})
}

func template(subject pkix.Name) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      subject,
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().AddDate(1, 0, 0),
		KeyUsage:     x509.KeyUsageDigitalSignature,
	}
}

func kubeconfig(url string, authority []byte, user, token string) []byte {
	return fmt.Appendf(nil, `apiVersion: v1
kind: Config
clusters:
- name: solo
  cluster:
    server: %s
    certificate-authority-data: %s
users:
- name: %s
  user:
    token: %s
contexts:
- name: solo
  context:
    cluster: solo
    user: %s
current-context: solo
`, url, base64.StdEncoding.EncodeToString(authority), user, token, user)
}
