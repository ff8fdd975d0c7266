package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"time"
)

// probe asks the components whether they are ready.
type probe struct {
	client   *http.Client
	instance instance
	server   string
	ended    <-chan error // a component that ends while it is waited for is the reason to give up
}

func newProbe(i instance, server string, ended <-chan error) (*probe, error) {
	ca, err := os.ReadFile(i.pki("ca.crt"))
	if err != nil {
		return nil, err
	}
	admin, err := tls.LoadX509KeyPair(i.pki("admin.crt"), i.pki("admin.key"))
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{admin}}}
	return &probe{client: &http.Client{Transport: transport, Timeout: 5 * time.Second}, instance: i, server: server, ended: ended}, nil
}

// waitHealthy waits until the component's health URL answers 200.
func (p *probe) waitHealthy(ctx context.Context, c component) error {
	if c.health == "" {
		return nil
	}
	err := p.wait(ctx, c.name, func() bool { return p.get(c.health, nil) == nil })
	if err != nil && ctx.Err() != nil {
		log := p.instance.log(c.name)
		return fmt.Errorf("%w; the end of its log %s:\n%s", err, log, tail(log, 20))
	}
	return err
}

// waitUsable waits until a pod can be created (there is a ServiceAccount for it) and scheduled (no node has a taint that
// a node has before it is ready).
func (p *probe) waitUsable(ctx context.Context) error {
	return p.wait(ctx, "default ServiceAccount and nodes", func() bool {
		if p.get(p.server+"/api/v1/namespaces/default/serviceaccounts/default", nil) != nil {
			return false
		}
		var nodes nodeList
		return p.get(p.server+"/api/v1/nodes", &nodes) == nil && nodes.ready()
	})
}

// nodeList is what is read of the API server's NodeList.
type nodeList struct {
	Items []nodeObject
}

// nodeObject is what is read of a Node.
type nodeObject struct {
	Spec struct {
		Taints []struct{ Key string }
	}
	Status struct {
		Conditions []struct{ Type, Status string }
	}
}

func (l nodeList) ready() bool {
	return !slices.ContainsFunc(l.Items, func(n nodeObject) bool { return !n.ready() })
}

func (n nodeObject) ready() bool {
	ready := false
	for _, condition := range n.Status.Conditions {
		ready = ready || condition.Type == "Ready" && condition.Status == "True"
	}
	for _, taint := range n.Spec.Taints {
		ready = ready && taint.Key != "node.kubernetes.io/not-ready"
	}
	return ready
}

func (p *probe) wait(ctx context.Context, what string, ready func() bool) error {
	for !ready() {
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for %s: %w", what, context.Cause(ctx))
		case err := <-p.ended:
			return err
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}

// get reads the JSON answer of a URL into result, which may be nil.
func (p *probe) get(url string, result any) error {
	response, err := p.client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", url, response.Status)
	}
	if result == nil {
		return nil
	}
	return json.NewDecoder(response.Body).Decode(result)
}
