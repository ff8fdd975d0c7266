// Command line is a model small enough to train in a test: a straight line, fitted to points and then served.
package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

const usage = `usage: line COMMAND [OPTIONS]
  train   fit a line to points by gradient descent, print it, and end with code 0; with code 1 if it does not fit
  serve   answer GET /predict?x=NUMBER on the line, until SIGTERM
Both serve metrics in Prometheus' text format at /metrics. Options: line COMMAND --help`

func main() {
	log.SetFlags(0)
	if len(os.Args) < 2 {
		log.Fatal(usage)
	}
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	var err error
	switch command, arguments := os.Args[1], os.Args[2:]; command {
	case "train":
		err = train(stop, arguments)
	case "serve":
		err = serve(stop, arguments)
	default:
		err = fmt.Errorf("no command is named %q\n%s", command, usage)
	}
	if err != nil {
		log.Fatal("error: ", err)
	}
}

type line struct{ slope, intercept float64 }

type point struct{ x, y float64 }

func (l line) at(x float64) float64 { return l.slope*x + l.intercept }

// loss is the mean of the squared distances.
func (l line) loss(points []point) float64 {
	sum := 0.0
	for _, p := range points {
		distance := l.at(p.x) - p.y
		sum += distance * distance
	}
	return sum / float64(len(points))
}

// step goes one step down the gradient of the loss.
func (l line) step(points []point, rate float64) line {
	slope, intercept := 0.0, 0.0
	for _, p := range points {
		distance := l.at(p.x) - p.y
		slope += 2 * distance * p.x
		intercept += 2 * distance
	}
	n := float64(len(points))
	return line{l.slope - rate*slope/n, l.intercept - rate*intercept/n}
}

func train(stop context.Context, arguments []string) error {
	flags := flag.NewFlagSet("train", flag.ExitOnError)
	data := flags.String("data", "", "`file` with the points, a line x,y for each")
	epochs := flags.Int("epochs", 2000, "steps at most")
	rate := flags.Float64("learning-rate", 0.05, "length of a step, as a part of the gradient")
	target := flags.Float64("loss", 1e-6, "mean squared distance that is small enough")
	pause := flags.Duration("pause", 0, "time between two steps, so that one can watch")
	metrics := flags.String("metrics", ":9090", "`address` of the metrics")
	flags.Parse(arguments)
	points, err := read(*data)
	if err != nil {
		return err
	}

	var lock sync.Mutex
	fitted, epoch := line{}, 0
	http.HandleFunc("GET /metrics", func(answer http.ResponseWriter, _ *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		fmt.Fprintf(answer, "# TYPE training_epochs_total counter\ntraining_epochs_total %d\n", epoch)
		fmt.Fprintf(answer, "# TYPE training_loss gauge\ntraining_loss %g\n", fitted.loss(points))
	})
	go func() { log.Fatal("error: ", http.ListenAndServe(*metrics, nil)) }()

	log.Printf("training on %d points", len(points))
	for epoch < *epochs && fitted.loss(points) > *target {
		lock.Lock()
		fitted, epoch = fitted.step(points, *rate), epoch+1
		lock.Unlock()
		select {
		case <-stop.Done():
			return errors.New("told to stop before the end")
		case <-time.After(*pause):
		}
	}
	fmt.Printf("slope=%.3f intercept=%.3f loss=%.2g epochs=%d\n", fitted.slope, fitted.intercept, fitted.loss(points), epoch)
	if !(fitted.loss(points) <= *target) { // also when it is no number any more
		return fmt.Errorf("the line does not fit after %d epochs", epoch)
	}
	return nil
}

func read(file string) ([]point, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
	if err != nil {
		return nil, err
	}
	var points []point
	for number, row := range rows {
		if len(row) != 2 {
			return nil, fmt.Errorf("%s: line %d: found %d values, required x,y", file, number+1, len(row))
		}
		x, errX := strconv.ParseFloat(row[0], 64)
		y, errY := strconv.ParseFloat(row[1], 64)
		if err := errors.Join(errX, errY); err != nil {
			return nil, fmt.Errorf("%s: line %d is no point", file, number+1) // the data are secret
		}
		points = append(points, point{x, y})
	}
	if len(points) == 0 {
		return nil, fmt.Errorf("%s holds no points", file)
	}
	return points, nil
}

// buckets of the time to answer, in seconds.
var buckets = []float64{0.005, 0.05, 0.3, 1}

// requests counts what Comptroller's objectives ask for: comptroller_requests_total and comptroller_request_seconds.
type requests struct {
	sync.Mutex
	codes   map[int]int
	within  []int
	count   int
	seconds float64
}

func (r *requests) add(code int, took time.Duration) {
	r.Lock()
	defer r.Unlock()
	r.codes[code]++
	r.count++
	r.seconds += took.Seconds()
	for i, bucket := range buckets {
		if took.Seconds() <= bucket {
			r.within[i]++
		}
	}
}

func (r *requests) write(answer http.ResponseWriter, _ *http.Request) {
	r.Lock()
	defer r.Unlock()
	fmt.Fprintln(answer, "# TYPE comptroller_requests_total counter")
	for code, count := range r.codes {
		fmt.Fprintf(answer, "comptroller_requests_total{code=\"%d\"} %d\n", code, count)
	}
	fmt.Fprintln(answer, "# TYPE comptroller_request_seconds histogram")
	for i, bucket := range buckets {
		fmt.Fprintf(answer, "comptroller_request_seconds_bucket{le=\"%g\"} %d\n", bucket, r.within[i])
	}
	fmt.Fprintf(answer, "comptroller_request_seconds_bucket{le=\"+Inf\"} %d\n", r.count)
	fmt.Fprintf(answer, "comptroller_request_seconds_sum %g\ncomptroller_request_seconds_count %d\n", r.seconds, r.count)
}

func serve(stop context.Context, arguments []string) error {
	flags := flag.NewFlagSet("serve", flag.ExitOnError)
	var served line
	flags.Float64Var(&served.slope, "slope", 0, "slope of the line")
	flags.Float64Var(&served.intercept, "intercept", 0, "where it meets x=0")
	address := flags.String("address", ":8080", "`address` of the predictions")
	metrics := flags.String("metrics", ":8082", "`address` of the metrics")
	flags.Parse(arguments)
	name, err := os.Hostname()
	if err != nil {
		return err
	}

	// Each code is there from the start, or a part of none would be no number.
	counted := requests{codes: map[int]int{200: 0, 400: 0, 500: 0}, within: make([]int, len(buckets))}
	watched := http.NewServeMux()
	watched.HandleFunc("GET /metrics", counted.write)
	predictions := http.NewServeMux()
	predictions.HandleFunc("GET /predict", func(answer http.ResponseWriter, request *http.Request) {
		start, code := time.Now(), http.StatusOK
		if x, err := strconv.ParseFloat(request.URL.Query().Get("x"), 64); err != nil {
			code = http.StatusBadRequest
			http.Error(answer, "x: required a number", code)
		} else {
			json.NewEncoder(answer).Encode(map[string]any{"y": served.at(x), "pod": name})
		}
		counted.add(code, time.Since(start))
	})
	failed := make(chan error, 2)
	go func() { failed <- http.ListenAndServe(*metrics, watched) }()
	go func() { failed <- http.ListenAndServe(*address, predictions) }()
	log.Printf("serving y = %g x + %g", served.slope, served.intercept)
	select {
	case <-stop.Done():
		return nil
	case err := <-failed:
		return err
	}
}
