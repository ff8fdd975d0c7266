module comptroller.dev/hack/tools/localplane

go 1.26.0
