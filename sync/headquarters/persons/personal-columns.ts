// What becomes of every column of every table when somebody is erased; a test fails for one that nobody decided about.
// Kept are ids, times, amounts and codes: accounting and the audit's chain need them, and they name nobody any more.

/** Whose id a column holds. */
export type Found = 'member' | 'request' | 'purchase' | 'task';
export type Empty = string | null;

export interface PersonalTable {
  /** a row is about the person when one of these columns holds one of their ids */
  readonly by: Readonly<Record<string, Found>>;
  readonly keeps?: string;
  readonly empties?: Readonly<Record<string, Empty>>;
  /** emptied where their words are found in it: `person-words.ts` */
  readonly searched?: string;
  /** the whole row goes, with these columns */
  readonly goes?: string;
}

export const noWords = '{"zh":"","en":""}';
const byMember = { member: 'member' } as const;
const byRequest = { request: 'request' } as const;

export const personalTables: Readonly<Record<string, PersonalTable>> = {
  member: {
    by: { id: 'member' },
    keeps: 'id joined_at channel referrer merged_into',
    empties: {
      ...{ name: '', phone: '', pin: null, homes: '[]', birthday: null, may_contact: null, stamps: null },
    },
  },
  identity: { by: byMember, goes: 'key trait member told' },
  card: { by: byMember, goes: 'token member state' },
  card_event: { by: byMember, goes: 'id token member at what detail source' },
  suspicion: {
    by: { a: 'member', b: 'member' },
    goes: 'a b traits at verdict decided_by decided_at',
  },
  shortlist: { by: byMember, goes: 'member units at' },
  member_merge: { by: { survivor: 'member' }, keeps: 'loser survivor at why by_whom' },
  erasure: { by: byMember, keeps: 'member at reason by_account' },
  ledger: {
    by: byMember,
    keeps: 'n id business_key member at points reason fact reverses item amount until expires by_account',
  },
  redemption: { by: byMember, keeps: 'id gift member entry at by_account undone_at' },
  check_in: { by: byMember, keeps: 'session member at terminal fact' },
  attendance: { by: byMember, keeps: 'fact session member terminal at walk_in' },
  roster: { by: byMember, keeps: 'session member since waiting', empties: { treatment: null } },
  roster_act: { by: byMember, keeps: 'id session member at act source', empties: { treatment: null } },
  interest: {
    by: byMember,
    keeps: 'fact terminal project unit what seconds at',
    empties: { member: null },
  },
  purchase: {
    by: byMember,
    keeps:
      'id member unit project label stage reached payment total paid plan next_document handed_over_on warranty_until contact_on',
  },
  purchase_event: { by: { purchase: 'purchase' }, keeps: 'n purchase at account kind stage amount day' },
  care_contact: {
    by: { purchase: 'purchase' },
    keeps: 'purchase step due_on done_at done_by',
    empties: { note: null },
  },
  hand_over: {
    by: byMember,
    keeps:
      'day unit member label number terminal queued_at called_at called_by signed_at signed_by outcome closed defects ratings',
  },
  request: {
    by: { id: 'request' },
    keeps:
      'id number kind member terminal project unit step state filed_at reply_by on_site_by replied_at on_site_at level level_since held_by climbs_at paused_at pause_reason paused_ms valid outcome closed_at consent called_back rated reopened library_version topic may_publish cost',
    empties: { phone: null, text: null, answer: null, photo_key: null },
  },
  task: {
    by: byRequest,
    keeps:
      'id request n place element problem phrase label port step person followers deadline supplier cause created_at closed_at outcome',
    empties: { text: null },
  },
  request_event: {
    by: byRequest,
    keeps: 'n request task at actor what from_step to_step to_state withdrawn_at',
    empties: { note: null, before: null },
  },
  call_back: {
    by: byRequest,
    keeps: 'id request kind attempt due_at done_at actor verdict',
    empties: { note: null },
  },
  give_up: {
    by: byRequest,
    keeps: 'request by at confirmed_by confirmed_at',
    empties: { reason: '' },
  },
  rating: { by: byMember, keeps: 'n request call_back survey member project unit item score at source' },
  photo: { by: byRequest, goes: 'id request type bytes at' },
  dismissed_phrase: { by: { task: 'task' }, keeps: 'task at actor' },
  // what was published was read by a second person first, and names nobody
  public_answer: {
    by: byRequest,
    keeps:
      'id request project state written_at written_by published_at published_by withdrawn_at withdrawn_by',
    searched: 'question answer',
  },
  survey_invite: { by: byMember, keeps: 'survey member unit' },
  survey_answer: {
    by: byMember,
    keeps: 'fact survey member project unit terminal at counts ratings',
    empties: { text: null },
  },
  audit: { by: { about: 'member' }, keeps: 'n at actor what about detail hash' },
  // of these the rows are found by what stands in them
  fact: {
    by: {},
    keeps: 'n terminal epoch seq id kind at boot mono_ms clock received_at hash',
    searched: 'body',
  },
  dead_letter: {
    by: {},
    keeps: 'n terminal epoch seq id reason detail hash received_at',
    searched: 'raw',
  },
  phone_code: { by: {}, searched: 'phone hash at expires_at wrong locked_until sent' },
  notice: { by: {}, keeps: 'id at to_kind to_port about spread_at', searched: 'key to_whom subject text' },
  notice_read: { by: {}, searched: 'notice account at' },
  notice_delivery: {
    by: {},
    searched: 'id notice channel address state tries next_at sent_at problem',
  },
  unit_internal: { by: {}, keeps: 'unit floor_price discount_limit', searched: 'buyer' },
  pending_change: { by: {}, keeps: 'unit kind state price hands at', searched: 'internal note' },
  board_decision: {
    by: {},
    keeps: 'n unit project kind hands proposed_at decision decided_by decided_at',
    searched: 'before after note reason',
  },
  // by the ordinary publication
  dataset_row: { by: {}, keeps: 'dataset key bucket version', searched: 'body' },
};

/** Tables that hold nobody's data but that of our own people. */
export const nobodysTables: Readonly<Record<string, string>> = {
  account:
    'id name password roles ports email webhook wrong locked_until disabled_at away_until must_change created_at',
  second_factor: 'account sealed proven_at last_step recovery',
  account_session: 'id account began_at seen_at',
  level: 'code from_points row',
  event: 'id row',
  session: 'id event points opens_at row',
  staff_card: 'token name project ended_at',
  device_state: 'terminal device state at',
  device:
    'id code site project model ring expected_serial state serial board public_key enrolled_at imported_at note',
  claim: 'hash device made_at expires_at used_at used_key',
  claim_guess: 'device wrong last_at',
  certificate: 'serial device public_key not_after issued_at pem proven_at revoked_at reason',
  broker_access: 'device told at',
  pending_terminal: 'public_key code csr board asked_at seen_at device denied_at',
  device_birth: 'device boot n at',
  twin_layer: 'layer subject rev body by at',
  twin: 'device rev hash body at sent_at next_at reported_rev reported_hash reported_state reported_code reported_path reported_schema reported_release reported_at drift_since drift_told_at',
  device_release: 'device seq rollout at',
  fleet_secret: 'name sealed by at',
  release: 'seq version architecture manifest manifest_hash file bytes expires_at added_at added_by',
  rollout: 'id seq state ring ring_since begun_at begun_by approved_by code',
  rollout_device: 'rollout device ring offered_at was_online state code ended_at offered_rev from_seq',
  library_draft: 'key body at actor',
  library_edition: 'number at actor note changes',
  points_rules: 'version state holds_from row at by_account published_at published_by',
  points_batch: 'session ended_at booked_at members points',
  gift: 'id name cost stock ended_at',
  region: 'id name sort',
  project_region: 'project region',
  satisfaction_item: 'code parent row',
  survey: 'id project opens_at ends_at audience row created_at created_by withdrawn_at opened_at',
  rectification: 'id month region metric threshold part whole state created_at created_by filed_as',
  rectification_note: 'n rectification at actor what text',
  unit: 'id project building row',
  pending_adverse: 'project adverse hands note at',
  hand_over_day: 'id project day from_at to_at place',
  stream: 'terminal epoch applied safe last_id last_at alarm',
  renumbered: 'terminal epoch seq id hash',
  boot_clock: 'terminal boot offset_ms',
  terminal: 'terminal shard online version waiting first_seen last_seen order_no oldest_at',
  shard_lease: 'shard worker fence until_ms',
  worker: 'worker until_ms able',
  mark: 'name value',
  dataset: 'name version published_at root',
  dataset_hashes: 'dataset part hashes',
  dataset_version: 'name version',
  given_order:
    'id batch terminal kind body at expires_at state code sends next_at sent_at received_at begun_at ended_at ordered_by detail upload_type upload_bytes uploaded_at',
  service_rules: 'version at actor body',
  terminal_tally: 'terminal name n',
};
