package node

import (
	"encoding/json"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func exampleSpec(folder string) Spec {
	spec := Spec{
		Name: "real-0", Network: Network{Number: 3}, Folder: filepath.Join(folder, "node"), Logs: filepath.Join(folder, "logs"),
		CA: "/pki/ca.crt", Programs: map[string]string{}, Kubeconfigs: map[string]string{"kube-proxy": "/config/kube-proxy.kubeconfig"},
	}
	for _, name := range Programs {
		spec.Programs[name] = "/programs/" + name
	}
	spec.Programs["ptp"], spec.Programs["host-local"], spec.Programs["loopback"] = "/cni/ptp", "/cni/host-local", "/cni/loopback"
	return spec
}

func TestNodesOnOneMachineShareNoAddress(t *testing.T) {
	taken := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24"), netip.MustParsePrefix("10.244.0.0/16")} // of played nodes
	for number := range networks {
		n := Network{Number: number}
		for _, other := range taken {
			if n.Range().Overlaps(other) {
				t.Errorf("%s overlaps %s", n.Range(), other)
			}
		}
		taken = append(taken, n.Range())
	}
}

func TestAddressesOfANodeLieInItsRangeAndApart(t *testing.T) {
	n := Network{Number: 5}
	link := netip.PrefixFrom(n.Host(), 30)
	if !link.Contains(n.Node()) || n.Host() == n.Node() {
		t.Errorf("%s and %s are no two ends of a link", n.Host(), n.Node())
	}
	parts := []netip.Prefix{link, n.Pods(), n.Services()}
	for i, part := range parts {
		if !n.Range().Contains(part.Addr()) || part.Bits() < n.Range().Bits() {
			t.Errorf("%s is outside %s", part, n.Range())
		}
		for _, other := range parts[:i] {
			if part.Overlaps(other) {
				t.Errorf("%s overlaps %s", part, other)
			}
		}
	}
	if !n.Services().Contains(n.DNS()) || n.DNS() == n.Services().Addr().Next() {
		t.Errorf("the DNS Service cannot have the address %s", n.DNS())
	}
}

func TestAClaimedNetworkIsNobodyElsesUntilItIsReleased(t *testing.T) {
	if _, err := exec.LookPath("ip"); err != nil || os.Getuid() != 0 {
		t.Skip("needs root and the program ip")
	}
	first, err := ClaimNetwork()
	if err != nil {
		t.Fatal(err)
	}
	second, err := ClaimNetwork()
	if err != nil {
		t.Fatal(err)
	}
	if first.Number == second.Number {
		t.Errorf("both have number %d", first.Number)
	}
	if err := ReleaseAbandoned(); err != nil {
		t.Fatal(err)
	}
	for _, claim := range []*Claim{first, second} {
		if _, err := os.Stat("/sys/class/net/" + claim.Link()); err != nil {
			t.Errorf("while it is claimed: %v", err)
		}
		if err := claim.Release(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat("/sys/class/net/" + claim.Link()); err == nil {
			t.Errorf("%s is still there", claim.Link())
		}
	}
}

func TestWhatAKilledSupervisorLeftIsRemoved(t *testing.T) {
	if _, err := exec.LookPath("ip"); err != nil || os.Getuid() != 0 {
		t.Skip("needs root and the program ip")
	}
	claim, err := ClaimNetwork()
	if err != nil {
		t.Fatal(err)
	}
	if err := makeControlGroups(claim.ControlGroup()); err != nil {
		t.Fatal(err)
	}
	claim.lock.Close() // what the kernel does when the process dies

	if err := ReleaseAbandoned(); err != nil {
		t.Fatal(err)
	}

	if _, err := os.Stat("/sys/class/net/" + claim.Link()); err == nil {
		t.Errorf("%s is still there", claim.Link())
	}
	all, err := hierarchies(controlGroups)
	if err != nil {
		t.Fatal(err)
	}
	for _, hierarchy := range all {
		if _, err := os.Stat(filepath.Join(hierarchy, claim.ControlGroup())); err == nil {
			t.Errorf("%s%s is still there", hierarchy, claim.ControlGroup())
		}
	}
}

func TestControlGroupsOfBothVersionsAreFound(t *testing.T) {
	unified := t.TempDir()
	touch(t, unified, "cgroup.controllers")
	touch(t, unified, "system.slice/cgroup.procs")
	if found, err := hierarchies(unified); err != nil || len(found) != 1 || found[0] != unified {
		t.Errorf("found %v, %v; want %s alone", found, err, unified)
	}

	older := t.TempDir()
	touch(t, older, "memory/cgroup.procs")
	touch(t, older, "cpu,cpuacct/cgroup.procs")
	touch(t, older, "no-hierarchy/file")
	if err := os.Symlink("cpu,cpuacct", filepath.Join(older, "cpu")); err != nil {
		t.Fatal(err)
	}
	found, err := hierarchies(older)
	if err != nil || strings.Join(found, " ") != older+"/cpu,cpuacct "+older+"/memory" {
		t.Errorf("found %v, %v", found, err)
	}

	if found, err := hierarchies(t.TempDir()); err == nil {
		t.Errorf("found %v, want an error", found)
	}
}

func TestATreeOfGroupsIsRemovedAndAMissingOneIsNoError(t *testing.T) {
	root := filepath.Join(t.TempDir(), "comptroller0")
	if err := os.MkdirAll(filepath.Join(root, "kubepods", "besteffort", "pod1"), 0o755); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := removeTree(root); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(root); err == nil {
		t.Error("it is still there")
	}
}

func TestTheKubeletChangesNothingOfTheMachineAndLetsTheAPIServerIn(t *testing.T) {
	folder := t.TempDir()
	spec := exampleSpec(folder)
	if _, err := spec.Write(); err != nil {
		t.Fatal(err)
	}
	var kubelet struct {
		Address, CgroupRoot, ContainerRuntimeEndpoint, PodLogsDir string
		ClusterDNS, EnforceNodeAllocatable                        []string
		Authentication                                            struct {
			Anonymous struct{ Enabled *bool }
			X509      struct{ ClientCAFile string }
		}
		FailCgroupV1, FailSwapOn *bool
	}
	content, err := os.ReadFile(filepath.Join(folder, "node", "kubelet.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &kubelet); err != nil {
		t.Fatal(err)
	}
	for what, pair := range map[string][2]string{
		"address":       {kubelet.Address, "10.227.0.2"},
		"cgroupRoot":    {kubelet.CgroupRoot, "/comptroller3"},
		"DNS":           {strings.Join(kubelet.ClusterDNS, " "), "10.227.2.10"},
		"client CA":     {kubelet.Authentication.X509.ClientCAFile, "/pki/ca.crt"},
		"pod logs":      {kubelet.PodLogsDir, filepath.Join(folder, "logs", "pods")},
		"container run": {kubelet.ContainerRuntimeEndpoint, "unix:///run/containerd/containerd.sock"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: found %q, want %q", what, pair[0], pair[1])
		}
	}
	for what, setting := range map[string]*bool{
		"anonymous access": kubelet.Authentication.Anonymous.Enabled, "failCgroupV1": kubelet.FailCgroupV1, "failSwapOn": kubelet.FailSwapOn,
	} {
		if setting == nil || *setting {
			t.Errorf("%s is not switched off", what)
		}
	}
	if kubelet.EnforceNodeAllocatable == nil || len(kubelet.EnforceNodeAllocatable) != 0 {
		t.Errorf("enforceNodeAllocatable is %v, want an empty list", kubelet.EnforceNodeAllocatable)
	}
}

func TestContainerdFindsEveryNetworkPluginAndItsRunc(t *testing.T) {
	spec := exampleSpec(t.TempDir())
	spec.Programs["loopback"] = "/elsewhere/loopback"
	content := string(spec.containerd())
	for _, part := range []string{`bin_dirs = ["/cni", "/elsewhere"]`, `BinaryName = "/programs/runc"`, `sandbox = "` + PauseImage + `"`} {
		if !strings.Contains(content, part) {
			t.Errorf("%s is not in:\n%s", part, content)
		}
	}
}

func TestImagesGetANameByDigestUnlessTheyHaveOne(t *testing.T) {
	const listed = `REF                                   TYPE                                       DIGEST       SIZE
registry.example.com:5000/a:1         application/vnd.oci.image.manifest.v1+json sha256:aaaa  1 MiB
registry.example.com/b:1              application/vnd.oci.image.manifest.v1+json sha256:bbbb  1 MiB
registry.example.com/b@sha256:bbbb    application/vnd.oci.image.manifest.v1+json sha256:bbbb  1 MiB
registry.example.com:5000/untagged    application/vnd.oci.image.manifest.v1+json sha256:cccc  1 MiB
sha256:dddd                           application/vnd.oci.image.manifest.v1+json sha256:aaaa  1 MiB
`
	missing := missingDigests(listed)
	if len(missing) != 1 || missing["registry.example.com:5000/a:1"] != "registry.example.com:5000/a@sha256:aaaa" {
		t.Errorf("found %v", missing)
	}
}

func touch(t *testing.T, folder, name string) {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
}
