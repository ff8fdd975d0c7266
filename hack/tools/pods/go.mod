module comptroller.dev/hack/tools/pods

go 1.26.0
