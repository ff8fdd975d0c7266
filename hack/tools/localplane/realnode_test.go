package main

import (
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"comptroller.dev/hack/tools/localplane/node"
)

func TestOptionsOfTheRealNodeNeedOne(t *testing.T) {
	for _, options := range []realNodeOptions{
		{images: list{"echo.tar"}},
		{labels: pairs{"zone": "a"}},
		{resources: pairs{"nvidia.com/gpu": "8"}},
	} {
		err := options.check(instance{name: "test", dir: t.TempDir()}, nil)
		if err == nil || !strings.Contains(err.Error(), "add --real-node") {
			t.Errorf("%+v: found %v", options, err)
		}
	}
}

func TestARealNodeIsRefusedWhereItCannotWork(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("needs Linux and root, or another refusal comes first")
	}
	programs := allPrograms()
	without := programPaths{"kubelet": "/programs/kubelet"}
	for _, example := range []struct {
		dir      string
		programs programPaths
		images   list
		want     string
	}{
		{t.TempDir(), without, nil, "--program containerd=PATH is missing"},
		{"/var/lib/ci/plane", programs, nil, "may not lie in /var/lib"},
		{t.TempDir(), programs, list{"/nowhere/echo.tar"}, "--import /nowhere/echo.tar: there is no such file"},
	} {
		options := realNodeOptions{realNode: true, images: example.images}
		err := options.check(instance{name: "test", dir: example.dir}, example.programs)
		if err == nil || !strings.Contains(err.Error(), example.want) {
			t.Errorf("found %v, want %q", err, example.want)
		}
	}
}

func allPrograms() programPaths {
	programs := programPaths{}
	for _, name := range node.Programs {
		programs[name] = "/programs/" + name
	}
	return programs
}

func TestImagesAreNamedByTheirAbsolutePaths(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("needs Linux and root")
	}
	programs := allPrograms()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("echo.tar", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	options := realNodeOptions{realNode: true, images: list{"echo.tar"}}
	if err := options.check(instance{name: "test", dir: t.TempDir()}, programs); err != nil {
		t.Fatal(err)
	}
	if !filepath.IsAbs(options.images[0]) {
		t.Errorf("found %s; the supervisor has another working folder", options.images[0])
	}
}

func TestTheDNSServerRunsOnTheRealNodeUnderItsAddress(t *testing.T) {
	content, err := dnsManifest(netip.MustParseAddr("10.224.2.10"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"clusterIP: 10.224.2.10\n", `nodeSelector: {comptroller.dev/real-node: "true"}`, "image: " + node.DNSImage + "\n"} {
		if !strings.Contains(string(content), part) {
			t.Errorf("%q is not in:\n%s", part, content)
		}
	}
	if strings.Contains(string(content), "{{") {
		t.Error("a placeholder is left")
	}
}

func TestFlagsThatComeSeveralTimesKeepAll(t *testing.T) {
	labels := pairs{}
	for _, text := range []string{"a=1", "b=x=y"} {
		if err := labels.Set(text); err != nil {
			t.Fatal(err)
		}
	}
	if labels["a"] != "1" || labels["b"] != "x=y" {
		t.Errorf("found %v", labels)
	}
	for _, text := range []string{"a", "=1"} {
		if err := labels.Set(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}
