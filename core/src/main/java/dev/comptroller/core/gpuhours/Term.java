package dev.comptroller.core.gpuhours;

/**
 * One step of a bound.
 *
 * @param pointer JSON pointer of the field it came from, empty where a rule made it
 * @param name what it is, such as {@code pods at once}
 * @param value its value as a decimal string with its unit
 */
public record Term(String pointer, String name, String value) {}
