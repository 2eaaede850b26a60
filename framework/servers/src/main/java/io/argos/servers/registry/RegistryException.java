package io.argos.servers.registry;

import java.util.List;

/** An answer of the registry that is not a success, with Confluent's number for it. */
final class RegistryException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  private RegistryException(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static RegistryException noSubject(String subject) {
    return new RegistryException(404, 40401, "Subject '" + subject + "' not found.");
  }

  static RegistryException noVersion(String version) {
    return new RegistryException(404, 40402, "Version " + version + " not found.");
  }

  static RegistryException noSchema() {
    return new RegistryException(404, 40403, "Schema not found");
  }

  static RegistryException noSubjectConfig(String subject) {
    return new RegistryException(
        404,
        40408,
        "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryException invalidSchema(String why) {
    return new RegistryException(422, 42201, "Invalid schema: " + why);
  }

  static RegistryException invalidVersion(String version) {
    return new RegistryException(
        422,
        42202,
        "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
            .formatted(version));
  }

  static RegistryException invalidLevel(String level) {
    return new RegistryException(422, 42203, "Invalid compatibility level '" + level + "'.");
  }

  static RegistryException incompatible(String subject, List<String> breaks) {
    return new RegistryException(
        409,
        409,
        "Schema being registered is incompatible with an earlier schema for subject \"%s\": %s"
            .formatted(subject, String.join("; ", breaks)));
  }

  static RegistryException badRequest(String why) {
    return new RegistryException(400, 400, why);
  }

  static RegistryException noPath() {
    return new RegistryException(404, 404, "HTTP 404 Not Found");
  }

  static RegistryException noMethod() {
    return new RegistryException(405, 405, "HTTP 405 Method Not Allowed");
  }

  static RegistryException storeFailed(String why) {
    return new RegistryException(500, 50001, "Error in the backend data store: " + why);
  }

  static RegistryException notReady(String why) {
    return new RegistryException(503, 50301, "The registry is not ready: " + why);
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }
}
