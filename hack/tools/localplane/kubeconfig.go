package main

import (
	"encoding/json"
)

// kubeconfig is the content of a kubeconfig that carries its certificates in itself. It is JSON, which is YAML too.
func kubeconfig(cluster, user, server string, ca []byte, client credentials) []byte {
	object := map[string]any{
		"apiVersion":      "v1",
		"kind":            "Config",
		"current-context": cluster,
		"clusters": []any{named(cluster, "cluster", map[string]any{
			"server":                     server,
			"certificate-authority-data": ca,
		})},
		"users": []any{named(user, "user", map[string]any{
			"client-certificate-data": client.certificate,
			"client-key-data":         client.key,
		})},
		"contexts": []any{named(cluster, "context", map[string]any{
			"cluster": cluster,
			"user":    user,
		})},
	}
	content, err := json.MarshalIndent(object, "", "  ")
	if err != nil {
		panic(err) // maps of strings and bytes always encode
	}
	return append(content, '\n')
}

func named(name, key string, value any) map[string]any {
	return map[string]any{"name": name, key: value}
}
