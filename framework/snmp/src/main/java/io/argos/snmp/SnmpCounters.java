package io.argos.snmp;

/**
 * What the engine has seen since it was opened.
 *
 * @param requests requests sent, repetitions included
 * @param repetitions requests sent again for want of an answer
 * @param answers answers taken
 * @param unanswered requests given up after all repetitions
 * @param unknownIds replies whose request id is not, or no longer, waited for
 * @param foreign replies that came from another address or port than was asked, or in another
 *     version
 * @param malformed datagrams that are no SNMP reply, or do not fit their request
 * @param tooBig answers of tooBig
 * @param cut walks cut for a loop or for their length
 * @param refused reports that a v3 credential is wrong
 */
public record SnmpCounters(
    long requests,
    long repetitions,
    long answers,
    long unanswered,
    long unknownIds,
    long foreign,
    long malformed,
    long tooBig,
    long cut,
    long refused) {}
