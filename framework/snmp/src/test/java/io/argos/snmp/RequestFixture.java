package io.argos.snmp;

/** Requests that are never sent. */
final class RequestFixture {
  private RequestFixture() {}

  @SuppressWarnings("NullAway") // A table looks at nothing but the id.
  static Request request(int id) {
    Request request = new Request(null, null, new int[0], 0);
    request.setId(id);
    return request;
  }
}
