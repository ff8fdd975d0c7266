package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"text/template"
	"time"

	"comptroller.dev/hack/tools/localplane/image"
	"comptroller.dev/hack/tools/localplane/node"
)

// realNodeName is the name of the one real node of a control plane.
const realNodeName = "real-0"

// realNodeLabel is what the real node is known by; KWOK leaves nodes with it alone.
const realNodeLabel = "comptroller.dev/real-node"

// realNodeOptions are the flags of start that are about the real node.
type realNodeOptions struct {
	realNode  bool
	images    list
	labels    pairs
	resources pairs
}

// check fails where the options contradict each other, or a program or file is missing.
func (o *realNodeOptions) check(i instance, programs programPaths) error {
	if !o.realNode {
		if len(o.images)+len(o.labels)+len(o.resources) > 0 {
			return errors.New("--import, --node-label and --node-resource are about the real node; add --real-node")
		}
		return nil
	}
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		return errors.New("--real-node needs Linux and root; see hack/control-plane check-node")
	}
	for _, program := range node.Programs {
		if programs[program] == "" {
			return fmt.Errorf("--program %s=PATH is missing; start by hack/control-plane, which knows the paths", program)
		}
	}
	for _, folder := range node.HiddenFolders {
		if strings.HasPrefix(i.dir+"/", folder+"/") {
			return fmt.Errorf("--dir is %s; with a real node it may not lie in %s, because the node sees something else there", i.dir, folder)
		}
	}
	for n, file := range o.images {
		absolute, err := existingFile("--import", file)
		if err != nil {
			return err
		}
		o.images[n] = absolute
	}
	return nil
}

// realNode is the real node of a control plane while it is started.
type realNode struct {
	instance instance
	options  startOptions
	claim    *node.Claim
	group    *processGroup
	pid      int
}

// claimRealNode takes addresses for the node. They are given back when the group has ended.
func claimRealNode(i instance, options startOptions, group *processGroup) (*realNode, error) {
	claim, err := node.ClaimNetwork()
	if err != nil {
		return nil, err
	}
	group.releases = append(group.releases, claim.Release)
	return &realNode{instance: i, options: options, claim: claim, group: group}, nil
}

// site is where a control plane can be reached that pods can reach.
func (r *realNode) site(p ports) site {
	return site{ports: p, host: r.claim.Host(), services: r.claim.Services()}
}

// start starts the node. The API server must be ready.
func (r *realNode) start(ctx context.Context, ca *authority, s site) error {
	if err := r.register(ctx); err != nil {
		return err
	}
	spec, err := r.spec(ca, s)
	if err != nil {
		return err
	}
	file, err := spec.Write()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	r.group.programs["node"] = self
	started, err := r.group.start(component{name: "node", arguments: []string{nodeCommand, file}, isolated: true})
	if err != nil {
		return err
	}
	r.pid = started.pid
	return r.claim.Connect(r.pid)
}

func (r *realNode) spec(ca *authority, s site) (node.Spec, error) {
	i := r.instance
	spec := node.Spec{
		Name:        realNodeName,
		Network:     r.claim.Network,
		Programs:    map[string]string{},
		Folder:      i.path("node"),
		Logs:        i.path("logs"),
		CA:          i.pki("ca.crt"),
		Serving:     node.KeyPair{Certificate: i.pki("kubelet-server.crt"), Key: i.pki("kubelet-server.key")},
		Kubeconfigs: map[string]string{},
	}
	for _, program := range node.Programs {
		spec.Programs[program] = r.options.programs[program]
	}
	if err := ca.server("kubelet-server", []string{realNodeName}, []net.IP{r.claim.Node().AsSlice()}); err != nil {
		return spec, err
	}
	for _, client := range []struct{ file, user, group string }{
		{"kubelet", "system:node:" + realNodeName, "system:nodes"},
		{"kube-proxy", "system:kube-proxy", ""},
		{"kube-router", "kube-router", "system:masters"}, // there is no ready-made role
	} {
		var groups []string
		if client.group != "" {
			groups = []string{client.group}
		}
		if _, err := writeKubeconfig(i, ca, s, client.file, client.user, groups...); err != nil {
			return spec, err
		}
		spec.Kubeconfigs[client.file] = i.config(client.file + ".kubeconfig")
	}
	return spec, nil
}

// furnish gives the node its images, labels and resources, starts the cluster's DNS server on it, and waits until that
// answers.
func (r *realNode) furnish(ctx context.Context, cluster *probe) error {
	for reference, program := range map[string]string{node.PauseImage: "pause", node.DNSImage: "coredns"} {
		file := r.instance.path("node", program+".tar")
		if _, err := image.Write(file, reference, r.options.programs[program]); err != nil {
			return err
		}
		r.options.images = append(r.options.images, file)
	}
	runtime := node.Runtime{PID: r.pid, Ctr: r.options.programs["ctr"]}
	err := cluster.wait(ctx, "containerd", runtime.Listens)
	if err != nil {
		return err
	}
	for _, file := range r.options.images {
		if err := runtime.Import(ctx, file); err != nil {
			return err
		}
	}
	path := cluster.server + "/api/v1/nodes/" + realNodeName
	err = cluster.wait(ctx, "the real node", func() bool {
		var real nodeObject
		return cluster.get(path, &real) == nil && real.ready()
	})
	if err != nil {
		return err
	}
	if err := r.addResources(ctx); err != nil {
		return err
	}
	return r.startDNS(ctx)
}

// register creates the Node object before the kubelet would: labelled from the start, so that KWOK never plays it, and with
// its address, without which kube-router does not start. The kubelet keeps the labels.
func (r *realNode) register(ctx context.Context) error {
	labels := maps.Clone(r.options.labels)
	labels[realNodeLabel] = "true"
	content, err := json.Marshal(map[string]any{
		"apiVersion": "v1",
		"kind":       "Node",
		"metadata":   map[string]any{"name": realNodeName, "labels": labels},
		"status":     map[string]any{"addresses": []any{map[string]string{"type": "InternalIP", "address": r.claim.Node().String()}}},
	})
	if err != nil {
		return err
	}
	file := r.instance.config("node.json")
	if err := writeFile(file, content, 0o600); err != nil {
		return err
	}
	return kubectl(ctx, r.instance, r.options, "create", "--filename="+file)
}

// addResources says that the node has more than the kubelet found. The kubelet, once it is ready, keeps that.
func (r *realNode) addResources(ctx context.Context) error {
	if len(r.options.resources) == 0 {
		return nil
	}
	patch, err := json.Marshal(map[string]any{
		"status": map[string]any{"capacity": r.options.resources, "allocatable": r.options.resources}})
	if err != nil {
		return err
	}
	return kubectl(ctx, r.instance, r.options, "patch", "node", realNodeName, "--subresource=status", "--type=merge",
		"--patch="+string(patch))
}

func (r *realNode) startDNS(ctx context.Context) error {
	content, err := dnsManifest(r.claim.DNS())
	if err != nil {
		return err
	}
	file := r.instance.config("dns.yaml")
	if err := writeFile(file, content, 0o600); err != nil {
		return err
	}
	if err := kubectl(ctx, r.instance, r.options, "create", "--filename="+file); err != nil {
		return err
	}
	return kubectl(ctx, r.instance, r.options, "--namespace=kube-system", "rollout", "status", "deployment/coredns",
		fmt.Sprintf("--timeout=%s", r.options.timeout().Round(time.Second)))
}

// dnsManifest is what runs the cluster's DNS server at the given address.
func dnsManifest(address netip.Addr) ([]byte, error) {
	source, err := manifests.ReadFile("manifests/dns.yaml")
	if err != nil {
		return nil, err
	}
	parsed, err := template.New("dns.yaml").Option("missingkey=error").Parse(string(source))
	if err != nil {
		return nil, err
	}
	var content strings.Builder
	err = parsed.Execute(&content, map[string]string{
		"address": address.String(), "image": node.DNSImage, "nodeLabel": realNodeLabel,
	})
	return []byte(content.String()), err
}

// importImages gives images to the real node of a running control plane.
func importImages(i instance, ctr string, files []string) error {
	r, err := runningRecord(i)
	if err != nil {
		return err
	}
	pid, found := r.Components["node"]
	if !found {
		return fmt.Errorf("control plane %q has no real node; start it with --real-node", i.name)
	}
	if len(files) == 0 {
		return errors.New("import takes one or more image archives (.tar)")
	}
	runtime := node.Runtime{PID: pid, Ctr: ctr}
	for _, file := range files {
		absolute, err := existingFile("import", file)
		if err != nil {
			return err
		}
		if err := runtime.Import(context.Background(), absolute); err != nil {
			return err
		}
	}
	return nil
}
