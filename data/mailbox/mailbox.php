<?php
/*
 * Shopbell mailbox in one file, for web hosting that has PHP and HTTPS already. It speaks SBMB/1 as shopbell-mailbox does,
 * on the same file: a folder made by one is served by the other.
 *
 * Upload this file. Put the data folder where the web cannot reach it and name it in SHOPBELL_MAILBOX_DATA; without that it is
 * the folder "shopbell-mailbox" beside the web root. Make a box on the command line:
 *
 *   php mailbox.php add-box NAME --data DIR --url https://shop.example/mailbox.php
 *
 * or, on hosting without one, with shopbell-mailbox on your own computer, and upload the folder it made.
 * Under Apache with PHP as CGI, a file .htaccess beside this one has to say "CGIPassAuth On", or the token does not come through.
 * Needs PHP 8.1 with pdo_sqlite and, for sealed boxes, sodium.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

declare(strict_types=1);

const VERSION = 'SBMB/1';
const SCHEMA_VERSION = 1;
const MAX_BODY = 4 * 1024 * 1024;
const ANSWER_BYTES = 4 * 1024 * 1024 - 64 * 1024;
const ROW_BYTES = 200;
const DAY_MS = 86400000;
const KNOWN_FOR_MS = 8 * DAY_MS;
const MAX_SEEN = 200000;
const RATE = 50;
const BURST = 200;
const LOOK_AGAIN_US = 200000;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const SCHEMA = <<<'SQL'
CREATE TABLE box (row INTEGER PRIMARY KEY, box TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL,
  checked INTEGER NOT NULL DEFAULT 0, app_secret TEXT, previous_secret TEXT, seal_key BLOB, verify_hash TEXT NOT NULL,
  newest INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0,
  dropped INTEGER NOT NULL DEFAULT 0, aged_from INTEGER NOT NULL, max_bytes INTEGER NOT NULL, retention_days INTEGER NOT NULL,
  bucket REAL NOT NULL DEFAULT 200, bucket_at INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL) STRICT;
CREATE TABLE token (row INTEGER PRIMARY KEY, box INTEGER NOT NULL REFERENCES box (row) ON DELETE CASCADE,
  hash TEXT NOT NULL UNIQUE, label TEXT NOT NULL, acked INTEGER NOT NULL, UNIQUE (box, label)) STRICT;
CREATE TABLE event (row INTEGER PRIMARY KEY, box INTEGER NOT NULL REFERENCES box (row) ON DELETE CASCADE, seq INTEGER NOT NULL,
  id TEXT NOT NULL, received INTEGER NOT NULL, aged_from INTEGER NOT NULL, headers TEXT NOT NULL, sealed INTEGER NOT NULL,
  size INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE (box, seq)) STRICT;
CREATE TABLE seen (box INTEGER NOT NULL REFERENCES box (row) ON DELETE CASCADE, id TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (box, id)) STRICT, WITHOUT ROWID;
CREATE INDEX seen_age ON seen (box, at);
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
PRAGMA user_version = 1;
SQL;

/* An answer that is not what was asked for: thrown from anywhere, written at the end. */
final class Refusal extends Exception
{
    public function __construct(public readonly int $status, public readonly array|string $answer)
    {
        parent::__construct('refused');
    }
}

/* -- the file -- */

final class Db
{
    private PDO $pdo;

    public function __construct(string $dir)
    {
        umask(0077);
        if (!is_dir($dir) && !@mkdir($dir, 0700, true) && !is_dir($dir)) {
            throw new RuntimeException("The folder $dir cannot be made");
        }
        $this->pdo = new PDO('sqlite:' . $dir . '/mailbox.db', null, null, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
        foreach (['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON',
                  'trusted_schema = OFF', 'journal_size_limit = 67108864'] as $pragma) {
            $this->pdo->query('PRAGMA ' . $pragma)->fetchAll();
        }
        if ($this->int('PRAGMA synchronous') !== 2) {
            throw new RuntimeException('This SQLite does not write through to the disk');
        }
        $this->makeSchema();
    }

    private function makeSchema(): void
    {
        $version = $this->int('PRAGMA user_version');
        if ($version > SCHEMA_VERSION) {
            throw new RuntimeException('The mailbox file was written by a newer shopbell-mailbox');
        }
        if ($version < SCHEMA_VERSION) {
            $this->transaction(function (): void {
                if ($this->int('SELECT count(*) FROM sqlite_schema') === 0) {
                    $this->pdo->exec(SCHEMA);
                }
            });
        }
    }

    /* What $work returns, after the commit has reached the disk. */
    public function transaction(callable $work, string $kind = 'IMMEDIATE'): mixed
    {
        $this->pdo->exec('BEGIN ' . $kind);
        try {
            $result = $work();
            $this->pdo->exec('COMMIT');
            return $result;
        } catch (Throwable $error) {
            try {
                $this->pdo->exec('ROLLBACK');
            } catch (PDOException) {
                // SQLite rolled back by itself, as it does when the disk is full.
            }
            throw $error;
        }
    }

    /* A blob is given as [bytes]. */
    public function run(string $sql, mixed ...$values): PDOStatement
    {
        $statement = $this->pdo->prepare($sql);
        foreach ($values as $i => $value) {
            $type = match (true) {
                is_array($value) => PDO::PARAM_LOB,
                is_int($value) => PDO::PARAM_INT,
                $value === null => PDO::PARAM_NULL,
                default => PDO::PARAM_STR,
            };
            $statement->bindValue($i + 1, is_array($value) ? $value[0] : $value, $type);
        }
        $statement->execute();
        return $statement;
    }

    public function row(string $sql, mixed ...$values): ?array
    {
        $row = $this->run($sql, ...$values)->fetch(PDO::FETCH_ASSOC);
        return $row === false ? null : $row;
    }

    public function int(string $sql, mixed ...$values): int
    {
        $value = $this->run($sql, ...$values)->fetchColumn();
        return $value === false || $value === null ? 0 : (int) $value;
    }

    public function lastRow(): int
    {
        return (int) $this->pdo->lastInsertId();
    }
}

/* -- small things -- */

function now_ms(): int
{
    return (int) floor(microtime(true) * 1000);
}

function new_token(int $length): string
{
    $token = '';
    for ($i = 0; $i < $length; $i++) {
        $token .= DIGITS[random_int(0, 61)];
    }
    return $token;
}

function to_json(mixed $value): string
{
    return json_encode($value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR);
}

function is_signed(string $body, ?string $signature, ?string $secret): bool
{
    return $signature !== null && $secret !== null && $secret !== '' &&
        hash_equals('sha256=' . hash_hmac('sha256', $body, $secret), $signature);
}

function header_value(string $name): ?string
{
    $key = strtoupper(str_replace('-', '_', $name));
    return $_SERVER['HTTP_' . $key] ?? $_SERVER[$key] ?? null;
}

/* Some hosting keeps Authorization from PHP and hands it on under another name. */
function bearer(): ?string
{
    $header = $_SERVER['HTTP_AUTHORIZATION'] ?? $_SERVER['REDIRECT_HTTP_AUTHORIZATION'] ?? null;
    if ($header === null && function_exists('getallheaders')) {
        $header = array_change_key_case(getallheaders())['authorization'] ?? null;
    }
    return $header !== null && strncasecmp($header, 'Bearer ', 7) === 0 ? substr($header, 7) : null;
}

function parameter(string $name, ?string $fallback = null): ?string
{
    $value = $_GET[$name] ?? null;
    return is_string($value) ? $value : $fallback;
}

function int_parameter(string $name, int $fallback, int $least, int $most): int
{
    $value = filter_var(parameter($name, ''), FILTER_VALIDATE_INT);
    return $value === false ? $fallback : max($least, min($most, $value));
}

/* -- events -- */

function delete_upto(Db $db, array &$box, int $upto): int
{
    $size = $db->int('SELECT sum(size) FROM event WHERE box = ? AND seq <= ?', $box['row'], $upto);
    $deleted = $db->run('DELETE FROM event WHERE box = ? AND seq <= ?', $box['row'], $upto)->rowCount();
    $box['gone'] = max($box['gone'], $upto);
    $box['bytes'] = max($box['bytes'] - $size, 0);
    $db->run('UPDATE box SET gone = ?, bytes = ? WHERE row = ?', $box['gone'], $box['bytes'], $box['row']);
    return $deleted;
}

/* The desk never saw these: they are counted, and a gap will be told. */
function drop_upto(Db $db, array &$box, int $upto): void
{
    $n = delete_upto($db, $box, $upto);
    $db->run('UPDATE box SET dropped = dropped + ? WHERE row = ?', $n, $box['row']);
}

function make_room(Db $db, array &$box, int $size): void
{
    $bytes = $box['bytes'];
    $upto = $box['gone'];
    $rows = $db->run('SELECT seq, size FROM event WHERE box = ? ORDER BY seq', $box['row']);
    while ($bytes + $size > $box['max_bytes'] && ($row = $rows->fetch(PDO::FETCH_ASSOC))) {
        $upto = $row['seq'];
        $bytes -= $row['size'];
    }
    $rows->closeCursor();
    drop_upto($db, $box, $upto);
}

function take_from_bucket(Db $db, array $box, int $now): void
{
    $left = $now < $box['bucket_at'] ? BURST : min(BURST, $box['bucket'] + ($now - $box['bucket_at']) * RATE / 1000);
    if ($left < 1) {
        throw new Refusal(429, 'too many');
    }
    $db->run('UPDATE box SET bucket = ?, bucket_at = ? WHERE row = ?', (string) ($left - 1), $now, $box['row']);
}

/* In a sealed box the signature lies inside with the body: outside it would let the operator guess at what is in it. */
function wrap(array $box, string $body, ?string $signature, array $headers): array
{
    if ($box['seal_key'] === null) {
        if ($signature !== null) {
            $headers['x-hub-signature-256'] = $signature;
        }
        return [$body, to_json((object) $headers)];
    }
    $inner = ['signature' => $signature, 'body' => base64_encode($body)];
    return [sodium_crypto_box_seal(to_json(array_filter($inner, fn ($x) => $x !== null)), $box['seal_key']), to_json((object) $headers)];
}

/* Keeps one event and returns its number, or 0 when the same bytes are known. */
function append(Db $db, int $row, string $body, ?string $signature, array $headers): int
{
    return $db->transaction(function () use ($db, $row, $body, $signature, $headers): int {
        $now = now_ms();
        $id = hash('sha256', $body);
        $box = $db->row('SELECT * FROM box WHERE row = ?', $row) ?? throw new Refusal(404, 'not found');
        if ($db->int('SELECT 1 FROM seen WHERE box = ? AND id = ? AND at > ?', $row, $id, $now - KNOWN_FOR_MS) !== 0) {
            return 0;
        }
        take_from_bucket($db, $box, $now);
        [$bytes, $header_text] = wrap($box, $body, $signature, $headers);
        $size = strlen($bytes) + strlen($header_text) + ROW_BYTES;
        if ($size > $box['max_bytes'] || ($box['checked'] && $box['bytes'] + $size > $box['max_bytes'])) {
            throw new Refusal(503, 'full');
        }
        if ($box['bytes'] + $size > $box['max_bytes']) {
            make_room($db, $box, $size);
        }
        $seq = $box['newest'] + 1;
        $aged_from = max($now, $box['aged_from']);
        $db->run('INSERT INTO event (box, seq, id, received, aged_from, headers, sealed, size, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
            $row, $seq, $id, $now, $aged_from, $header_text, (int) ($box['seal_key'] !== null), $size, [$bytes]);
        $db->run('INSERT OR REPLACE INTO seen (box, id, at) VALUES (?, ?, ?)', $row, $id, $aged_from);
        $db->run('UPDATE box SET newest = ?, bytes = bytes + ?, aged_from = ? WHERE row = ?', $seq, $size, $aged_from, $row);
        return $seq;
    });
}

/* Once an hour, by whoever comes by. */
function sweep(Db $db): void
{
    $now = now_ms();
    $last = $db->int("SELECT value FROM state WHERE name = 'swept'");
    if ($last <= $now && $now - $last < 3600000) {
        return;
    }
    $db->transaction(function () use ($db, $now): void {
        $db->run("INSERT OR REPLACE INTO state (name, value) VALUES ('swept', ?)", $now);
        foreach ($db->run('SELECT * FROM box')->fetchAll(PDO::FETCH_ASSOC) as $box) {
            $upto = $db->int('SELECT max(seq) FROM event WHERE box = ? AND aged_from < ?', $box['row'], $now - $box['retention_days'] * DAY_MS);
            if ($upto > $box['gone']) {
                drop_upto($db, $box, $upto);
            }
            $oldest = $db->int('SELECT at FROM seen WHERE box = ? ORDER BY at DESC LIMIT 1 OFFSET ?', $box['row'], MAX_SEEN);
            $db->run('DELETE FROM seen WHERE box = ? AND at <= ?', $box['row'], max($now - KNOWN_FOR_MS, $oldest));
        }
    });
}

/* -- the network's side -- */

function verify(array $box): never
{
    $challenge = parameter('hub_challenge', '');
    if (parameter('hub_mode') === null) {
        throw new Refusal(404, 'not found');
    }
    if (parameter('hub_mode') !== 'subscribe' || !preg_match('/\A[0-9A-Za-z_-]{1,64}\z/', $challenge) ||
        !hash_equals($box['verify_hash'], hash('sha256', parameter('hub_verify_token', '')))) {
        throw new Refusal(403, 'forbidden');
    }
    throw new Refusal(200, $challenge);
}

function read_body(): string
{
    if ((int) ($_SERVER['CONTENT_LENGTH'] ?? 0) > MAX_BODY) {
        throw new Refusal(413, 'too large');
    }
    $body = file_get_contents('php://input', false, null, 0, MAX_BODY + 1);
    if ($body === false) {
        throw new Refusal(503, 'not read');
    }
    if (strlen($body) > MAX_BODY) {
        throw new Refusal(413, 'too large');
    }
    return $body;
}

function take(Db $db, array $box): never
{
    $body = read_body();
    $signature = header_value('X-Hub-Signature-256');
    if ($box['checked'] && !is_signed($body, $signature, $box['app_secret']) && !is_signed($body, $signature, $box['previous_secret'])) {
        throw new Refusal(401, 'signature');
    }
    $headers = [];
    foreach (['Content-Type', 'Content-Encoding', 'User-Agent'] as $name) {
        $value = header_value($name);
        if ($value !== null && $value !== '') {
            $headers[strtolower($name)] = substr($value, 0, 1024);
        }
    }
    append($db, $box['row'], $body, $signature, $headers);
    throw new Refusal(200, 'ok');
}

/* -- the desk's side -- */

function collect(Db $db, int $row, string $epoch, int $after, int $limit): ?string
{
    return $db->transaction(function () use ($db, $row, $epoch, $after, $limit): string {
        $box = $db->row('SELECT epoch, newest, gone FROM box WHERE row = ?', $row) ?? throw new Refusal(404, ['error' => 'box']);
        if (($epoch !== '' && $epoch !== $box['epoch']) || $after > $box['newest']) {
            throw new Refusal(409, ['error' => 'epoch', 'epoch' => $box['epoch']]);
        }
        if ($after < $box['gone']) {
            throw new Refusal(410, ['error' => 'gap', 'oldest' => $box['gone'] + 1, 'epoch' => $box['epoch']]);
        }
        $text = '';
        $last = $after;
        $rows = $db->run('SELECT seq, id, received, headers, sealed, size, body FROM event WHERE box = ? AND seq > ? ORDER BY seq LIMIT ?', $row, $after, $limit);
        while ($event = $rows->fetch(PDO::FETCH_ASSOC)) {
            if ($text !== '' && strlen($text) + intdiv($event['size'], 3) * 4 > ANSWER_BYTES) {
                break;
            }
            $text .= ($text === '' ? '' : ',') . '{"seq":' . $event['seq'] . ',"id":"' . $event['id'] . '","received":' . $event['received'] .
                ',"headers":' . $event['headers'] . ',"sealed":' . ($event['sealed'] ? 'true' : 'false') . ',"body":"' . base64_encode($event['body']) . '"}';
            $last = $event['seq'];
        }
        $rows->closeCursor();
        return '{"epoch":' . to_json($box['epoch']) . ',"oldest":' . ($box['gone'] + 1) . ',"newest":' . $box['newest'] .
            ',"more":' . ($last < $box['newest'] ? 'true' : 'false') . ',"events":[' . $text . ']}';
    }, 'DEFERRED');
}

/* Waits for something to come by looking: a page has nobody who could wake it. */
function answer_events(Db $db, array $box): never
{
    $epoch = parameter('epoch', '');
    $after = int_parameter('after', 0, 0, PHP_INT_MAX);
    $limit = int_parameter('limit', 100, 1, 1000);
    $deadline = microtime(true) + int_parameter('wait', 25, 0, 55);
    @set_time_limit(90);
    while ($db->int('SELECT newest FROM box WHERE row = ?', $box['row']) === $after && microtime(true) < $deadline && !connection_aborted()) {
        usleep(LOOK_AGAIN_US);
    }
    respond(200, collect($db, $box['row'], $epoch, $after, $limit), 'application/json');
}

function answer_ack(Db $db, array $box, int $token): never
{
    $body = json_decode(read_body(), true, 8);
    $epoch = is_array($body) ? $body['epoch'] ?? null : null;
    $upto = is_array($body) ? $body['upto'] ?? null : null;
    if (!is_string($epoch) || !is_int($upto) || $upto < 0) {
        throw new Refusal(400, ['error' => 'body']);
    }
    $deleted = $db->transaction(function () use ($db, $box, $token, $epoch, $upto): int {
        $box = $db->row('SELECT * FROM box WHERE row = ?', $box['row']) ?? throw new Refusal(404, ['error' => 'box']);
        if ($epoch !== $box['epoch']) {
            throw new Refusal(409, ['error' => 'epoch', 'epoch' => $box['epoch']]);
        }
        $upto = min($upto, $box['newest']);
        $db->run('UPDATE token SET acked = ? WHERE row = ? AND acked < ?', $upto, $token, $upto);
        $upto = $db->int('SELECT min(acked) FROM token WHERE box = ?', $box['row']);
        return $upto > $box['gone'] ? delete_upto($db, $box, $upto) : 0;
    });
    throw new Refusal(200, ['deleted' => $deleted]);
}

function answer_self_test(Db $db, array $box): never
{
    $body = to_json(['object' => 'sbmb_selftest', 'nonce' => new_token(22)]);
    $signature = $box['app_secret'] !== null ? 'sha256=' . hash_hmac('sha256', $body, $box['app_secret']) : null;
    $seq = append($db, $box['row'], $body, $signature, ['content-type' => 'application/json', 'x-sbmb-test' => '1']);
    throw new Refusal(200, ['stored' => true, 'seq' => $seq]);
}

function status_of(array $box): array
{
    return ['version' => VERSION, 'epoch' => $box['epoch'], 'oldest' => $box['gone'] + 1, 'newest' => $box['newest'], 'bytes' => $box['bytes'],
        'mode' => $box['checked'] ? 'check' : 'blind', 'sealed' => $box['seal_key'] !== null, 'dropped' => $box['dropped'],
        'max_bytes' => $box['max_bytes'], 'retention_days' => $box['retention_days']];
}

function serve_desk(Db $db, array $box, string $edge): never
{
    $given = bearer();
    $token = $given !== null ? $db->int('SELECT row FROM token WHERE hash = ? AND box = ?', hash('sha256', $given), $box['row']) : 0;
    if ($token === 0) {
        sleep(1);
        throw new Refusal(401, ['error' => 'token']);
    }
    match ($_SERVER['REQUEST_METHOD'] . ' ' . $edge) {
        'GET events' => answer_events($db, $box),
        'POST ack' => answer_ack($db, $box, $token),
        'POST selftest' => answer_self_test($db, $box),
        'GET ' => throw new Refusal(200, status_of($box)),
        default => throw new Refusal(404, ['error' => 'path']),
    };
}

/* -- the page -- */

function respond(int $status, string $text, string $type): never
{
    http_response_code($status);
    header('Content-Type: ' . $type);
    header('Cache-Control: no-store');
    header('X-Accel-Buffering: no');
    header('X-Content-Type-Options: nosniff');
    header('Content-Length: ' . strlen($text));
    echo $text;
    exit;
}

function request_path(): string
{
    if (!empty($_SERVER['PATH_INFO'])) {
        return $_SERVER['PATH_INFO'];
    }
    $path = (string) strtok($_SERVER['REQUEST_URI'] ?? '/', '?');
    $script = $_SERVER['SCRIPT_NAME'] ?? '';
    return $script !== '' && str_starts_with($path, $script . '/') ? substr($path, strlen($script)) : $path;
}

function serve(Db $db): never
{
    $parts = explode('/', trim(request_path(), '/'));
    if ($parts === ['health']) {
        $db->int('SELECT count(*) FROM (SELECT 1 FROM box LIMIT 1)');
        throw new Refusal(200, ['ok' => true, 'version' => VERSION]);
    }
    $in = count($parts) === 2 && $parts[0] === 'in';
    $out = (count($parts) === 3 || count($parts) === 4) && $parts[0] === 'v1' && $parts[1] === 'box';
    $box = $in || $out ? $db->row('SELECT * FROM box WHERE box = ?', $parts[$in ? 1 : 2]) : null;
    if ($box === null) {
        throw new Refusal(404, ['error' => $out ? 'box' : 'path']);
    }
    sweep($db);
    if ($out) {
        serve_desk($db, $box, $parts[3] ?? '');
    }
    match ($_SERVER['REQUEST_METHOD']) {
        'GET' => verify($box),
        'POST' => take($db, $box),
        default => throw new Refusal(405, 'method'),
    };
}

/* Nothing of a request is ever written to a log: neither keys nor what customers say. */
function page(): never
{
    ini_set('display_errors', '0');
    ini_set('zlib.output_compression', '0');
    $dir = getenv('SHOPBELL_MAILBOX_DATA') ?: dirname($_SERVER['DOCUMENT_ROOT'] ?: __DIR__) . '/shopbell-mailbox';
    try {
        serve(new Db($dir));
    } catch (Refusal $refusal) {
        $is_text = is_string($refusal->answer);
        respond($refusal->status, $is_text ? $refusal->answer : to_json($refusal->answer), $is_text ? 'text/plain' : 'application/json');
    } catch (Throwable $error) {
        error_log('shopbell-mailbox: ' . $error->getMessage());
        respond(503, to_json(['error' => 'storage']), 'application/json');
    }
}

/* -- the command line -- */

function find_box(Db $db, string $name): array
{
    return $db->row('SELECT * FROM box WHERE name = ? OR box = ? ORDER BY name = ? DESC', $name, $name, $name) ??
        throw new RuntimeException('There is no such box');
}

function apply_options(array $box, array $options): array
{
    if (isset($options['blind'], $options['app-secret-file'])) {
        throw new RuntimeException('--blind and --app-secret-file exclude each other');
    }
    foreach (['max-mb' => ['max_bytes', 1024 * 1024], 'days' => ['retention_days', 1]] as $option => [$column, $unit]) {
        if (isset($options[$option])) {
            $box[$column] = max(1, (int) $options[$option]) * $unit;
        }
    }
    if (isset($options['seal-key'])) {
        $box['seal_key'] = $options['seal-key'] === 'none' ? null : read_key($options['seal-key']);
    }
    if (isset($options['blind'])) {
        $box = ['checked' => 0, 'app_secret' => null, 'previous_secret' => null] + $box;
    }
    if (isset($options['app-secret-file'])) {
        $secret = trim((string) @file_get_contents($options['app-secret-file']));
        if ($secret === '') {
            throw new RuntimeException($options['app-secret-file'] . ' does not hold an app secret');
        }
        $previous = $box['app_secret'] !== null && $box['app_secret'] !== $secret ? $box['app_secret'] : $box['previous_secret'];
        $box = ['checked' => 1, 'app_secret' => $secret, 'previous_secret' => $previous] + $box;
    }
    return $box;
}

function read_key(string $text): string
{
    try {
        $key = (string) base64_decode($text, true);
        sodium_crypto_box_seal('', $key);
        return $key;
    } catch (SodiumException) {
        throw new RuntimeException('The seal key is not a public key: 32 bytes in base64 are expected');
    }
}

function save_options(Db $db, array $box): void
{
    $db->run('UPDATE box SET checked = ?, app_secret = ?, previous_secret = ?, seal_key = ?, max_bytes = ?, retention_days = ? WHERE row = ?',
        $box['checked'], $box['app_secret'], $box['previous_secret'], $box['seal_key'] === null ? null : [$box['seal_key']], $box['max_bytes'], $box['retention_days'], $box['row']);
}

function add_token(Db $db, int $row, string $label): string
{
    $token = new_token(43);
    if ($db->row('SELECT 1 FROM token WHERE box = ? AND label = ?', $row, $label)) {
        throw new RuntimeException("The box has a device called $label already");
    }
    $db->run('INSERT INTO token (box, hash, label, acked) SELECT row, ?, ?, gone FROM box WHERE row = ?', hash('sha256', $token), $label, $row);
    return $token;
}

function add_box(Db $db, string $name, array $options): array
{
    $verify_token = new_token(32);
    return $db->transaction(function () use ($db, $name, $options, $verify_token): array {
        if ($db->row('SELECT 1 FROM box WHERE name = ?', $name)) {
            throw new RuntimeException("There is a box called $name already");
        }
        $db->run('INSERT INTO box (box, name, epoch, verify_hash, aged_from, max_bytes, retention_days, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
            new_token(22), $name, new_token(16), hash('sha256', $verify_token), now_ms(), 200 * 1024 * 1024, 14, now_ms());
        $box = apply_options($db->row('SELECT * FROM box WHERE row = ?', $db->lastRow()), $options);
        save_options($db, $box);
        $token = add_token($db, $box['row'], $options['label'] ?? 'desk');
        $told = ['name' => $name, 'box' => $box['box'], 'token' => $token, 'verify_token' => $verify_token, 'epoch' => $box['epoch']];
        if (isset($options['url'])) {
            $base = rtrim($options['url'], '/');
            $told['callback'] = $base . '/in/' . $box['box'];
            $told['uri'] = 'shopbell-mailbox://' . preg_replace('#^[a-z]+://#', '', $base) . '/' . $box['box'] . "?token=$token&verify=$verify_token";
        }
        return $told;
    });
}

function list_boxes(Db $db): array
{
    return array_map(fn (array $box): array => status_of($box) + ['name' => $box['name'], 'box' => $box['box'],
        'devices' => $db->int('SELECT count(*) FROM token WHERE box = ?', $box['row'])], $db->run('SELECT * FROM box ORDER BY name')->fetchAll(PDO::FETCH_ASSOC));
}

function change(Db $db, string $command, array $box, array $options): array
{
    $told = ['name' => $box['name'], 'box' => $box['box']];
    if (str_ends_with($command, '-token') && !isset($options['label'])) {
        throw new RuntimeException('--label is needed: the name of the device');
    }
    switch ($command) {
        case 'remove-box':
            $db->run('DELETE FROM box WHERE row = ?', $box['row']);
            break;
        case 'change-box':
            save_options($db, apply_options($box, $options));
            break;
        case 'renew-box':
            $told['epoch'] = new_token(16);
            $db->run('DELETE FROM event WHERE box = ?', $box['row']);
            $db->run('DELETE FROM seen WHERE box = ?', $box['row']);
            $db->run('UPDATE token SET acked = 0 WHERE box = ?', $box['row']);
            $db->run('UPDATE box SET epoch = ?, newest = 0, gone = 0, bytes = 0, dropped = 0 WHERE row = ?', $told['epoch'], $box['row']);
            break;
        case 'add-token':
            $told += ['label' => $options['label'], 'token' => add_token($db, $box['row'], $options['label'])];
            break;
        case 'remove-token':
            if ($db->run('DELETE FROM token WHERE box = ? AND label = ?', $box['row'], $options['label'])->rowCount() === 0) {
                throw new RuntimeException('The box has no device called ' . $options['label']);
            }
            break;
    }
    return $told;
}

function parse_arguments(array $words): array
{
    $options = [];
    $plain = [];
    while (($word = array_shift($words)) !== null) {
        $name = substr($word, 2);
        if (!str_starts_with($word, '--')) {
            $plain[] = $word;
        } elseif (in_array($name, ['json', 'blind'], true)) {
            $options[$name] = true;
        } elseif (in_array($name, ['data', 'app-secret-file', 'seal-key', 'max-mb', 'days', 'label', 'url'], true) && $words !== []) {
            $options[$name] = array_shift($words);
        } else {
            throw new RuntimeException("$word is not an option");
        }
    }
    return [$plain, $options];
}

function print_rows(array $rows, bool $json): void
{
    foreach ($rows as $row) {
        if ($json) {
            echo to_json($row), "\n";
            continue;
        }
        foreach ($row as $name => $value) {
            printf("%-14s %s\n", $name, is_bool($value) ? ($value ? 'yes' : 'no') : $value);
        }
        echo "\n";
    }
}

function command(array $words): void
{
    [$plain, $options] = parse_arguments($words);
    $command = $plain[0] ?? '';
    $name = $plain[1] ?? '';
    $known = ['add-box', 'list', 'remove-box', 'change-box', 'renew-box', 'add-token', 'remove-token'];
    if (!in_array($command, $known, true)) {
        throw new RuntimeException('A command is needed: ' . implode(', ', $known));
    }
    if (count($plain) > 2 || ($command === 'list') !== ($name === '')) {
        throw new RuntimeException($command === 'list' ? 'list takes no name' : "$command wants the name of a box");
    }
    $db = new Db($options['data'] ?? throw new RuntimeException('--data DIR is needed'));
    $rows = match ($command) {
        'list' => list_boxes($db),
        'add-box' => [add_box($db, $name, $options)],
        default => [$db->transaction(fn (): array => change($db, $command, find_box($db, $name), $options))],
    };
    print_rows($rows, isset($options['json']));
}

if (PHP_SAPI !== 'cli') {
    page();
}

try {
    command(array_slice($argv, 1));
} catch (Throwable $error) {
    fwrite(STDERR, 'shopbell-mailbox: ' . $error->getMessage() . "\n");
    exit(1);
}
