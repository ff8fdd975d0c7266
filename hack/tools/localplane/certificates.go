package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// keyBits is the length of every key. All are RSA, the one kind that every client reads in PKCS#8.
const keyBits = 2048

// authority issues the certificates of one control plane and writes them, with their keys, to its pki folder.
type authority struct {
	folder      string
	key         *rsa.PrivateKey
	certificate *x509.Certificate
	pem         []byte
}

func newAuthority(folder, name string) (*authority, error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return nil, err
	}
	publicKey := x509.MarshalPKCS1PublicKey(&key.PublicKey)
	keyID := sha1.Sum(publicKey)
	template := certificateTemplate(pkix.Name{CommonName: "comptroller-" + name})
	template.IsCA = true
	template.BasicConstraintsValid = true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	template.SubjectKeyId = keyID[:]
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	a := &authority{folder: folder, key: key, certificate: certificate, pem: encode("CERTIFICATE", der)}
	if err := a.write("ca.crt", a.pem); err != nil {
		return nil, err
	}
	return a, a.writeKey("ca.key", key)
}

// credentials are a certificate and its key, both in PEM.
type credentials struct {
	certificate []byte
	key         []byte
}

// server issues the serving certificate that all components share.
func (a *authority) server(file string, names []string, addresses []net.IP) error {
	template := certificateTemplate(pkix.Name{CommonName: names[0]})
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	template.DNSNames = names
	template.IPAddresses = addresses
	_, err := a.issue(file, template)
	return err
}

// client issues a certificate by which a client is the given user in the given groups.
func (a *authority) client(file, user string, groups ...string) (credentials, error) {
	template := certificateTemplate(pkix.Name{CommonName: user, Organization: groups})
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	return a.issue(file, template)
}

func (a *authority) issue(file string, template *x509.Certificate) (credentials, error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return credentials{}, err
	}
	template.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, &key.PublicKey, a.key)
	if err != nil {
		return credentials{}, fmt.Errorf("certificate %s: %w", file, err)
	}
	keyPEM, err := encodeKey(key)
	if err != nil {
		return credentials{}, err
	}
	issued := credentials{certificate: encode("CERTIFICATE", der), key: keyPEM}
	if err := a.write(file+".crt", issued.certificate); err != nil {
		return credentials{}, err
	}
	return issued, a.write(file+".key", issued.key)
}

// serviceAccountKeys writes the pair that signs and checks ServiceAccount tokens.
func (a *authority) serviceAccountKeys(file string) error {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return err
	}
	if err := a.write(file+".pub", encode("PUBLIC KEY", public)); err != nil {
		return err
	}
	return a.writeKey(file+".key", key)
}

func (a *authority) writeKey(file string, key *rsa.PrivateKey) error {
	content, err := encodeKey(key)
	if err != nil {
		return err
	}
	return a.write(file, content)
}

func (a *authority) write(file string, content []byte) error {
	return os.WriteFile(filepath.Join(a.folder, file), content, 0o600)
}

func certificateTemplate(subject pkix.Name) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	now := time.Now()
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      subject,
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.AddDate(1, 0, 0),
	}
}

func encodeKey(key *rsa.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return encode("PRIVATE KEY", der), err
}

func encode(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}
