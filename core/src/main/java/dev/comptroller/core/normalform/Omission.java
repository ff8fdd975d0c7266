package dev.comptroller.core.normalform;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One member of a spec that the normal form leaves out.
 *
 * @param pointer JSON pointer into the spec
 * @param reason why nobody has to sign it
 */
public record Omission(String pointer, String reason) {

  /** Removes the member, in place, where it is there. */
  void leaveOut(ObjectNode spec) {
    JsonPointer path = JsonPointer.compile(pointer);
    if (spec.at(path.head()) instanceof ObjectNode parent) {
      parent.remove(path.last().getMatchingProperty());
    }
  }
}
