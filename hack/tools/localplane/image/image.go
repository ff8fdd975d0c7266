// Package image packs one static program into a container image, without any tool or registry.
package image

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	layerType    = "application/vnd.oci.image.layer.v1.tar"
	configType   = "application/vnd.oci.image.config.v1+json"
	manifestType = "application/vnd.oci.image.manifest.v1+json"
)

// user is who the program runs as: nobody in particular, but not root.
const user = "65532:65532"

type descriptor struct {
	MediaType   string            `json:"mediaType"`
	Digest      string            `json:"digest"`
	Size        int               `json:"size"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

// Write packs the program, which must be static, into an image of one layer and writes it as an OCI archive to target. The
// same program under the same reference gives the same bytes. It returns the image's name by its digest.
//
// The reference is a full name with a tag, such as registry.example.com/echo:1.
func Write(target, reference, program string) (string, error) {
	if err := checkReference(reference); err != nil {
		return "", err
	}
	content, err := os.ReadFile(program)
	if err != nil {
		return "", err
	}
	entrypoint := "/" + filepath.Base(program)
	layer, err := archive([]file{{name: entrypoint[1:], mode: 0o755, content: content}})
	if err != nil {
		return "", err
	}
	config, err := json.Marshal(map[string]any{
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"config":       map[string]any{"Entrypoint": []string{entrypoint}, "User": user, "WorkingDir": "/"},
		"rootfs":       map[string]any{"type": "layers", "diff_ids": []string{digest(layer)}},
	})
	if err != nil {
		return "", err
	}
	manifest, err := json.Marshal(map[string]any{
		"schemaVersion": 2,
		"mediaType":     manifestType,
		"config":        describe(configType, config),
		"layers":        []descriptor{describe(layerType, layer)},
	})
	if err != nil {
		return "", err
	}
	named := describe(manifestType, manifest)
	named.Annotations = map[string]string{
		"io.containerd.image.name":          reference,
		"org.opencontainers.image.ref.name": reference[strings.LastIndex(reference, ":")+1:],
	}
	index, err := json.Marshal(map[string]any{"schemaVersion": 2, "manifests": []descriptor{named}})
	if err != nil {
		return "", err
	}
	files := []file{
		{name: "oci-layout", content: []byte(`{"imageLayoutVersion":"1.0.0"}`)},
		{name: "index.json", content: index},
	}
	for _, blob := range [][]byte{manifest, config, layer} {
		files = append(files, file{name: "blobs/sha256/" + strings.TrimPrefix(digest(blob), "sha256:"), content: blob})
	}
	whole, err := archive(files)
	if err != nil {
		return "", err
	}
	return reference[:strings.LastIndex(reference, ":")] + "@" + digest(manifest), os.WriteFile(target, whole, 0o644)
}

func checkReference(reference string) error {
	host, rest, slash := strings.Cut(reference, "/")
	if !slash || !strings.ContainsAny(host, ".:") || !strings.Contains(rest, ":") || strings.Contains(rest, "@") {
		return fmt.Errorf("the image is named %q; a full name with a tag is needed, such as registry.example.com/echo:1", reference)
	}
	return nil
}

type file struct {
	name    string
	mode    int64 // 0644 when 0
	content []byte
}

func archive(files []file) ([]byte, error) {
	var buffer bytes.Buffer
	writer := tar.NewWriter(&buffer)
	for _, f := range files {
		mode := f.mode
		if mode == 0 {
			mode = 0o644
		}
		if err := writer.WriteHeader(&tar.Header{Name: f.name, Mode: mode, Size: int64(len(f.content)), Format: tar.FormatUSTAR}); err != nil {
			return nil, err
		}
		if _, err := io.Copy(writer, bytes.NewReader(f.content)); err != nil {
			return nil, err
		}
	}
	err := writer.Close()
	return buffer.Bytes(), err
}

func describe(mediaType string, content []byte) descriptor {
	return descriptor{MediaType: mediaType, Digest: digest(content), Size: len(content)}
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}
