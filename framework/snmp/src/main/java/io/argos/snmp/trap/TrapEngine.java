package io.argos.snmp.trap;

import io.argos.snmp.UsmAccount;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.MessageException;
import org.snmp4j.PDU;
import org.snmp4j.TransportStateReference;
import org.snmp4j.event.CounterEvent;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv1;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.mp.StatusInformation;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;

/**
 * Makes traps of datagrams, over SNMP4J: its codec, and its user-based security model, in which the
 * sender of a trap is the authoritative engine and we are that of an inform (RFC 3414). For one
 * thread, but for the answers to informs.
 */
final class TrapEngine {
  private static final Logger log = LoggerFactory.getLogger(TrapEngine.class);
  private static final int MOST_TIMES = 20_000;

  private static final Map<OID, TrapDrop> REASONS =
      Map.of(
          SnmpConstants.usmStatsUnknownEngineIDs, TrapDrop.DISCOVERY,
          SnmpConstants.usmStatsUnknownUserNames, TrapDrop.USER,
          SnmpConstants.usmStatsWrongDigests, TrapDrop.USER,
          SnmpConstants.usmStatsDecryptionErrors, TrapDrop.USER,
          SnmpConstants.usmStatsUnsupportedSecLevels, TrapDrop.USER,
          SnmpConstants.usmStatsNotInTimeWindows, TrapDrop.TIME);

  /** What a datagram was. */
  sealed interface Heard {
    /**
     * A trap or inform.
     *
     * @param trap what it says
     * @param kept answers an inform, once
     */
    record Message(Trap trap, Runnable kept) implements Heard {}

    /** Nothing to hand on. */
    record Nothing(TrapDrop reason) implements Heard {}
  }

  private final MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
  private final TrapTransport transport;
  private final OctetString local;
  private final USM usm;
  private final KnownEngines engines;
  private final AtomicReference<@Nullable TrapAccess> next = new AtomicReference<>();
  private TrapAccess access;

  /** Of the datagram that is being looked at. */
  private @Nullable Heard heard;

  private @Nullable TrapDrop reason;
  private Optional<OctetString> named = Optional.empty();

  TrapEngine(DatagramSocket socket, String place, TrapAccess access) {
    this.transport = new TrapTransport(socket);
    this.local = EngineIds.of(place);
    this.access = access;
    SecurityProtocols protocols =
        new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.maxCompatibility);
    CounterSupport counters = new CounterSupport();
    counters.addCounterListener(this::counted);
    usm = new USM(protocols, local, EngineIds.boots(Instant.now()), counters);
    usm.setEngineDiscoveryEnabled(true);
    usm.getTimeTable().setMaxDiscoveredEntries(MOST_TIMES);
    engines = new KnownEngines(System::nanoTime, this::forget);
    SecurityModels models = new SecurityModels();
    models.addSecurityModel(usm);
    dispatcher.addMessageProcessingModel(new MPv1());
    dispatcher.addMessageProcessingModel(new MPv2c());
    dispatcher.addMessageProcessingModel(
        new MPv3(local.getValue(), null, protocols, models, counters));
    dispatcher.addTransportMapping(transport);
    dispatcher.addCounterListener(this::counted);
    dispatcher.addCommandResponder(new Responder());
    users(access);
  }

  /** Accepts what these credentials allow, from the next datagram on; for any thread. */
  void allow(TrapAccess allowed) {
    next.set(allowed);
  }

  private void users(TrapAccess allowed) {
    usm.setUsers(allowed.accounts().stream().map(TrapEngine::user).toArray(UsmUser[]::new));
  }

  /** The sender of a trap has an engine of its own, for which the user's keys are derived. */
  private static UsmUser user(UsmAccount account) {
    return account.usmUser().setLocalizationGrant(UsmUser.LocalizationGrant.any);
  }

  private void forget(OctetString engine) {
    access
        .accounts()
        .forEach(account -> usm.removeAllUsers(new OctetString(account.user()), engine));
    usm.removeEngineTime(engine);
  }

  private void counted(CounterEvent event) {
    TrapDrop known = REASONS.get(event.getOid());
    if (known != null) {
      reason = known;
    }
  }

  /** Looks at a datagram. Reports that v3 asks for are sent at once. */
  Heard hear(Datagram datagram) {
    heard = null;
    reason = null;
    TrapAccess allowed = next.getAndSet(null);
    if (allowed != null) {
      // Between two datagrams, so that no key of a former password is derived behind it.
      access = allowed;
      users(allowed);
    }
    try {
      named = EngineIds.named(datagram.octets()).filter(id -> id.length() > 0 && !id.equals(local));
      if (named.isPresent() && !engines.admits(named.get())) {
        return new Heard.Nothing(TrapDrop.ENGINE);
      }
      UdpAddress from = new UdpAddress(datagram.from().getAddress(), datagram.from().getPort());
      dispatcher.processMessage(
          transport,
          from,
          ByteBuffer.wrap(datagram.octets()),
          new TransportStateReference(
              transport,
              from,
              null,
              SecurityLevel.undefined,
              SecurityLevel.undefined,
              false,
              null));
    } catch (IOException | RuntimeException e) {
      // Octets of anybody's making, in a decoder of somebody else's.
      log.debug("datagram of no use from={} cause={}", datagram.from(), e.toString());
    }
    Heard found = heard;
    if (found != null) {
      return found;
    }
    TrapDrop why = reason;
    return new Heard.Nothing(why == null ? TrapDrop.MALFORMED : why);
  }

  /** Called by SNMP4J within {@link #hear}. */
  private final class Responder implements CommandResponder {
    @Override
    public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
      event.setProcessed(true);
      heard = judge(event);
    }
  }

  private <A extends Address> Heard judge(CommandResponderEvent<A> event) {
    PDU pdu = event.getPDU();
    int version = event.getMessageProcessingModel();
    boolean inform = pdu.getType() == PDU.INFORM;
    if (version == MPv3.ID ? !admitsUser(event) : !access.admits(event.getSecurityName())) {
      return new Heard.Nothing(version == MPv3.ID ? TrapDrop.USER : TrapDrop.COMMUNITY);
    }
    boolean trap = pdu.getType() == (version == MPv1.ID ? PDU.V1TRAP : PDU.TRAP);
    if (!trap && !inform) {
      return new Heard.Nothing(TrapDrop.REQUEST);
    }
    if (!(event.getPeerAddress() instanceof UdpAddress source)) {
      return new Heard.Nothing(TrapDrop.MALFORMED);
    }
    Optional<String> engine = named.map(id -> HexFormat.of().formatHex(id.getValue()));
    return TrapDecoder.decode(versionOf(version), pdu, source.getInetAddress(), engine)
        .<Heard>map(
            found -> new Heard.Message(found, inform ? answerTo(event) : TrapEngine::nothingToDo))
        .orElseGet(() -> new Heard.Nothing(TrapDrop.MALFORMED));
  }

  /** A user with passwords must have used them: SNMP4J takes a message without as well. */
  private boolean admitsUser(CommandResponderEvent<?> event) {
    String user = new String(event.getSecurityName(), StandardCharsets.UTF_8);
    return access
        .account(user)
        .filter(account -> event.getSecurityLevel() >= account.securityLevel())
        .isPresent();
  }

  private static int versionOf(int model) {
    return model == MPv1.ID ? 1 : model == MPv2c.ID ? 2 : 3;
  }

  private static void nothingToDo() {
    // A trap has no answer.
  }

  private <A extends Address> Runnable answerTo(CommandResponderEvent<A> event) {
    AtomicBoolean answered = new AtomicBoolean();
    return () -> {
      if (answered.compareAndSet(false, true)) {
        answer(event);
      }
    };
  }

  private static <A extends Address> void answer(CommandResponderEvent<A> event) {
    // The request itself becomes its response, with the same varbinds (RFC 3416 4.2.7).
    PDU response = (PDU) event.getPDU().clone();
    response.setType(PDU.RESPONSE);
    response.setErrorStatus(PDU.noError);
    response.setErrorIndex(0);
    try {
      event
          .getMessageDispatcher()
          .returnResponsePdu(
              event.getMessageProcessingModel(),
              event.getSecurityModel(),
              event.getSecurityName(),
              event.getSecurityLevel(),
              response,
              event.getMaxSizeResponsePDU(),
              event.getStateReference(),
              new StatusInformation());
    } catch (MessageException | RuntimeException e) {
      // Its sender repeats it.
      log.debug("inform not answered to={} cause={}", event.getPeerAddress(), e.toString());
    }
  }
}
