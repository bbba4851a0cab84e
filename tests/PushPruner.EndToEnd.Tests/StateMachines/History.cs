using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>
/// The events of one execution, of which there may be 25,000, and the largest of what its states have passed on, which may be 256 KB.
/// </summary>
sealed class History
{
    public const int MostEvents = 25_000;
    public const int MostBytes = 256 * 1024;

    // Step Functions counts the bytes of the JSON, which escapes no more than it must.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Lock gate = new();
    readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>How many events of each type there are.</summary>
    public IReadOnlyDictionary<string, int> Counts => counts;

    public int Events { get; private set; }

    /// <summary>How many iterations of a map went on at once at most.</summary>
    public int MostIterations { get; private set; }

    public int LargestBytes { get; private set; }

    public string LargestOf { get; private set; } = "";

    public int CountOf(string type) => counts.GetValueOrDefault(type);

    /// <exception cref="StateError">The execution has had all the events there may be.</exception>
    public void Add(params ReadOnlySpan<string> types)
    {
        lock (gate)
        {
            foreach (var type in types)
            {
                counts[type] = CountOf(type) + 1;
                Events++;
            }

            MostIterations = Math.Max(MostIterations, CountOf("MapIterationStarted") - CountOf("MapIterationSucceeded"));

            if (Events > MostEvents)
                throw new StateError("States.Runtime", $"the history has more than {MostEvents} events");
        }
    }

    /// <summary>Looks at what is passed on.</summary>
    /// <param name="what">Whose it is, for those who look for the largest.</param>
    /// <exception cref="StateError">It is too large.</exception>
    public JsonNode? Carry(string what, JsonNode? payload)
    {
        var bytes = payload is null ? 4 : JsonSerializer.SerializeToUtf8Bytes(payload, Plain).Length;
        lock (gate)
        {
            if (bytes > LargestBytes)
                (LargestBytes, LargestOf) = (bytes, what);
        }

        return bytes <= MostBytes
            ? payload
            : throw new StateError("States.DataLimitExceeded", $"{what} has {bytes} bytes, more than {MostBytes}");
    }
}
