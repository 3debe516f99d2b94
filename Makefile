# What builders type. Everything else is "go run ./cmd/noiviec --help".
.PHONY: run test check build

run:
	go run ./cmd/noiviec demo

test:
	go test ./...

check:
	test -z "$$(gofmt -l .)"
	go vet ./...
	go mod verify
	go test -race ./...

build:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o noiviec ./cmd/noiviec
