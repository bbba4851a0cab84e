using System.Text;
using System.Text.Json;
using CsCheck;

namespace PushPruner.Tests.Hostile;

/// <summary>What nobody should send: from random bytes to JSON that is right but for one thing.</summary>
static class Junk
{
    // Each of these has broken some reader of JSON, of text, or of times.
    static readonly string[] Values =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-1",
        "0.5",
        "1e400",
        "-1e-400",
        "2147483648",
        "9223372036854775808",
        "123456789012345678901234567890",
        "{}",
        "[]",
        "[null]",
        "{\"\":{}}",
        "\"\"",
        "\" \"",
        "\"0\"",
        "\"null\"",
        "\"*\"",
        "\"../..\"",
        "\"a/b\"",
        "\"'; DROP TABLE--\"",
        "\"\\u0000\"",
        "\"a\\nb\\r\\tc\"",
        "\"\\u202egnp.exe\"",
        "\"\\ufeffx\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"x\\ud83d\"",
        "\"\\ud83d\\ude00\"",
        "\"\u0430pp\"",
        "\"0001-01-01T00:00:00Z\"",
        "\"0001-01-01T00:00:00+14:00\"",
        "\"9999-12-31T23:59:59.9999999Z\"",
        "\"9999-12-31T23:59:59-14:00\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"24:00\"",
        "\"sha256:\"",
        $"\"sha256:{new string('A', 64)}\"",
        $"\"sha256:{new string('0', 64)}\"",
        $"\"sha512:{new string('a', 128)}\"",
        $"\"blake3:{new string('a', 64)}\"",
        $"\"{new string('a', 129)}\"",
        $"\"{new string('a', 99)}\\ud83d\\ude00b\"",
        $"\"{new string('z', 70_000)}\"",
        $"{new string('[', 70)}{new string(']', 70)}",
        $"{string.Concat(Enumerable.Repeat("{\"a\":", 1_000))}1{new string('}', 1_000)}",
    ];

    // Names that stand for others only when unescaped, and some that can't be unescaped, longer than any field's.
    static readonly string[] Names =
    [
        "\"\"", "\"\\u0064etail\"", "\"\\u0064igest\"", "\"manifest\\u0073\"", "\"Detail\"", "\"__proto__\"", "\"$type\"",
        "\"detail\"", "\"manifests\"", "\"digest\"", "\"repository\"", "\"at\"", "\"time\"", "\"tags\"", "\"dryRun\"", "\"nextToken\"",
        $"\"\\ud800{new string('a', 40)}\"", $"\"d\\udc00{new string('a', 40)}\"", "\"\\u0000\"",
    ];

    public static Gen<byte[]> Bytes { get; } = Gen.Byte.Array[0, 300];

    /// <summary>JSON of any shape, with members that our readers know among its names.</summary>
    public static Gen<string> Json { get; } = Gen.Recursive<string>(
        (depth, inner) =>
            depth > 4
                ? Scalars
                : Gen.OneOf(
                    Scalars,
                    inner.Array[0, 4].Select(items => $"[{string.Join(',', items)}]"),
                    Gen.Select(SomeNames, inner)
                        .Array[0, 5]
                        .Select(members => $"{{{string.Join(',', members.Select(m => $"{m.Item1}:{m.Item2}"))}}}")));

    /// <summary>
    /// One of the samples with one to four things wrong: dropped, twice, of another type, lengthened, nested, renamed, cut off.
    /// </summary>
    public static Gen<string> Almost(params IReadOnlyList<string> samples)
    {
        var trees = samples.Select(JsonTree.Parse).ToList();
        var change = Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[0, 8], Gen.OneOf(SomeValues, SomeValues, Json), SomeNames);
        return Gen.Select(Gen.Int[0, trees.Count - 1], change.Array[1, 4], Gen.Int[0, 400])
            .Select(
                (sample, changes, cut) =>
                {
                    var text = changes
                        .Aggregate(trees[sample], (tree, c) => Change(tree, c.Item1 % tree.Count, c.Item2, c.Item3, c.Item4))
                        .ToString();
                    return cut == 0 ? text[..(text.Length / 2)] : text;
                });
    }

    /// <summary>Any of all that.</summary>
    public static Gen<byte[]> Anything(params IReadOnlyList<string> samples)
    {
        var almost = Almost(samples).Select(Encoding.UTF8.GetBytes);
        // A byte of it is another: mostly no UTF-8 any more.
        var broken = Gen.Select(almost, Gen.Int[0, int.MaxValue - 1], Gen.Byte).Select((bytes, at, with) =>
        {
            if (bytes.Length > 0)
                bytes[at % bytes.Length] = with;
            return bytes;
        });
        return Gen.OneOf(Bytes, Json.Select(Encoding.UTF8.GetBytes), almost, almost, almost, broken);
    }

    static Gen<string> SomeValues => OneOf(Values);

    static Gen<string> SomeNames => OneOf(Names);

    static Gen<string> Scalars => Gen.OneOf(
        SomeValues,
        Gen.String.Select(text => JsonSerializer.Serialize(text)),
        Gen.Double.Select(d => double.IsFinite(d) ? JsonSerializer.Serialize(d) : "0"));

    static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    static JsonTree Change(JsonTree tree, int place, int kind, string value, string name) => tree.Changed(place, (was, there) => kind switch
    {
        0 => [],
        1 => [(was, there), (was, there)],
        2 => [(was, there), (was, new JsonTree.Raw(value))],
        3 => [(was, new JsonTree.Raw(value)), (was, there)],
        4 => [(was, new JsonTree.Items([there]))],
        5 => [(was, new JsonTree.Members([(name, there)]))],
        6 => [(name, there)],
        7 => [(was, there), (name, new JsonTree.Raw(value))],
        _ => [(was, new JsonTree.Raw(value))],
    });
}
