package dev.comptroller.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * What a command talks to.
 *
 * @param in standard input
 * @param out results, and nothing else
 * @param err progress, warnings and errors
 * @param clock the time against which windows are held
 * @param environment environment variables
 */
record Console(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    Clock clock,
    Map<String, String> environment) {

  /** The console of this process. */
  static Console ofProcess() {
    return new Console(
        System.in,
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        Clock.systemUTC(),
        System.getenv());
  }

  /** Prints a result that already ends its lines. */
  void print(String text) {
    out.print(text);
    out.flush();
  }

  /** Says something that is no result. */
  void note(String line) {
    err.println(line);
    err.flush();
  }
}
