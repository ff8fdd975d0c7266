package image

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const reference = "registry.example.com/echo:1"

func write(t *testing.T, name string) []byte {
	t.Helper()
	folder := t.TempDir()
	program := filepath.Join(folder, "echo")
	if err := os.WriteFile(program, []byte("a program"), 0o755); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(folder, "image.tar")
	pinned, err := Write(target, name, program)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	var index struct{ Manifests []descriptor }
	decode(t, contents(t, content)["index.json"], &index)
	if expected := "registry.example.com/echo@" + index.Manifests[0].Digest; pinned != expected {
		t.Errorf("the image is said to be %s, but is %s", pinned, expected)
	}
	return content
}

func TestTheSameProgramGivesTheSameImage(t *testing.T) {
	if !bytes.Equal(write(t, reference), write(t, reference)) {
		t.Error("two images differ")
	}
}

func TestEveryBlobHasTheDigestThatItsNameAndItsUserSay(t *testing.T) {
	files := contents(t, write(t, reference))
	for name, content := range files {
		if sum, found := strings.CutPrefix(name, "blobs/sha256/"); found && digest(content) != "sha256:"+sum {
			t.Errorf("%s has the digest %s", name, digest(content))
		}
	}
	blob := func(d descriptor) []byte {
		content, found := files["blobs/sha256/"+strings.TrimPrefix(d.Digest, "sha256:")]
		if !found || len(content) != d.Size {
			t.Fatalf("%s is there: %v, with %d bytes, want %d", d.Digest, found, len(content), d.Size)
		}
		return content
	}
	var index struct{ Manifests []descriptor }
	decode(t, files["index.json"], &index)
	if name := index.Manifests[0].Annotations["io.containerd.image.name"]; name != reference {
		t.Errorf("the image is named %q", name)
	}
	var manifest struct {
		Config descriptor
		Layers []descriptor
	}
	decode(t, blob(index.Manifests[0]), &manifest)
	var config struct {
		Config struct {
			Entrypoint []string
			User       string
		}
		RootFS struct {
			DiffIDs []string `json:"diff_ids"`
		}
	}
	decode(t, blob(manifest.Config), &config)
	if config.RootFS.DiffIDs[0] != manifest.Layers[0].Digest {
		t.Errorf("the uncompressed layer is %s, but the configuration says %s", manifest.Layers[0].Digest, config.RootFS.DiffIDs[0])
	}
	if config.Config.Entrypoint[0] != "/echo" || strings.HasPrefix(config.Config.User, "0") {
		t.Errorf("it runs %v as %s", config.Config.Entrypoint, config.Config.User)
	}
	if program := contents(t, blob(manifest.Layers[0]))["echo"]; string(program) != "a program" {
		t.Errorf("the layer's program is %q", program)
	}
}

func TestAShortNameIsRefused(t *testing.T) {
	for _, name := range []string{"", "echo", "echo:1", "library/echo:1", "registry.example.com/echo", "registry.example.com/echo@sha256:00"} {
		if _, err := Write(filepath.Join(t.TempDir(), "image.tar"), name, os.Args[0]); err == nil || !strings.Contains(err.Error(), "full name") {
			t.Errorf("%q: found %v", name, err)
		}
	}
}

func contents(t *testing.T, archived []byte) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	reader := tar.NewReader(bytes.NewReader(archived))
	for {
		header, err := reader.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		files[header.Name] = content
	}
}

func decode(t *testing.T, content []byte, value any) {
	t.Helper()
	if err := json.Unmarshal(content, value); err != nil {
		t.Fatal(err)
	}
}
