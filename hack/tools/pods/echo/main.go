// Command echo is what tests run in pods of the real node: small, and it does what a test wants to see from inside.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

const usage = `usage: echo COMMAND
  serve ADDRESS   answer HTTP requests with the pod's name and the path; log each; end with code 0 on SIGTERM
  get URL         print the answer of a URL; code 1 when there is none within 3 seconds
  refuse HOST     answer admission reviews on port 8443 with a refusal; print the certificate for HOST that clients must trust
  read FILE       print a file
  exit CODE       end with this code`

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal(usage)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal("error: ", err)
	}
}

func run(command, argument string) error {
	switch command {
	case "serve":
		return serve(argument)
	case "get":
		return get(argument)
	case "refuse":
		return refuse(argument)
	case "read":
		content, err := os.ReadFile(argument)
		if err != nil {
			return err
		}
		_, err = os.Stdout.Write(content)
		return err
	case "exit":
		code, err := strconv.Atoi(argument)
		if err != nil {
			return err
		}
		fmt.Println("ending with code", code)
		os.Exit(code)
	}
	return fmt.Errorf("no command is named %q\n%s", command, usage)
}

func serve(address string) error {
	name, err := os.Hostname()
	if err != nil {
		return err
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	go func() {
		<-signals
		os.Exit(0)
	}()
	http.HandleFunc("/", func(answer http.ResponseWriter, request *http.Request) {
		fmt.Printf("%s %s from %s\n", request.Method, request.URL.Path, request.RemoteAddr)
		fmt.Fprintf(answer, "%s %s\n", name, request.URL.Path)
	})
	fmt.Println("listening on", address)
	return http.ListenAndServe(address, nil)
}

// refuse is an admission webhook that allows nothing.
func refuse(host string) error {
	name, err := os.Hostname()
	if err != nil {
		return err
	}
	certificate, err := selfSigned(host)
	if err != nil {
		return err
	}
	handler := func(answer http.ResponseWriter, request *http.Request) {
		var review struct {
			Request struct {
				UID string `json:"uid"`
			} `json:"request"`
		}
		if err := json.NewDecoder(request.Body).Decode(&review); err != nil {
			http.Error(answer, err.Error(), http.StatusBadRequest)
			return
		}
		fmt.Println("refusing for", request.RemoteAddr)
		answer.Header().Set("Content-Type", "application/json")
		json.NewEncoder(answer).Encode(map[string]any{
			"apiVersion": "admission.k8s.io/v1",
			"kind":       "AdmissionReview",
			"response": map[string]any{
				"uid": review.Request.UID, "allowed": false, "status": map[string]any{"message": "refused by pod " + name},
			},
		})
	}
	server := http.Server{
		Addr:      ":8443",
		Handler:   http.HandlerFunc(handler),
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}},
	}
	return server.ListenAndServeTLS("", "")
}

// selfSigned makes a certificate for a host and prints it.
func selfSigned(host string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: host},
		DNSNames:              []string{host},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(24 * time.Hour),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	err = pem.Encode(os.Stdout, &pem.Block{Type: "CERTIFICATE", Bytes: der})
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

func get(url string) error {
	client := http.Client{Timeout: 3 * time.Second}
	response, err := client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return fmt.Errorf("%s answered %s", url, response.Status)
	}
	_, err = io.Copy(os.Stdout, response.Body)
	return err
}
