package dev.comptroller.cli.output;

/**
 * A result that people and programs read. Programs get the components of the record that implements
 * it, so their names are part of the command line's contract.
 */
public interface Report {

  /** The result for people, lines ending with a line feed. */
  String text();
}
