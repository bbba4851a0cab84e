using System.Text.Json;

namespace PushPruner.Tests.Hostile;

/// <summary>
/// JSON as it is written, not as it is understood: it can hold a member twice, half of a surrogate pair, a number that no type holds, and
/// text that is no JSON at all.
/// </summary>
abstract record JsonTree
{
    JsonTree()
    {
    }

    public sealed record Raw(string Text) : JsonTree;

    public sealed record Items(IReadOnlyList<JsonTree> All) : JsonTree;

    /// <param name="All">Names with their quotes.</param>
    public sealed record Members(IReadOnlyList<(string Name, JsonTree Value)> All) : JsonTree;

    public static JsonTree Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    /// <summary>How many changes <see cref="Changed"/> can tell apart: the values below this one, and this one.</summary>
    public int Count => 1 + this switch
    {
        Items { All: var items } => items.Sum(item => item.Count),
        Members { All: var members } => members.Sum(member => member.Value.Count),
        _ => 0,
    };

    /// <summary>With the value at this place, counted from 0 in the order of the text, in another way.</summary>
    /// <param name="change">What stands there instead. Of an object's member it may give several, or none.</param>
    public JsonTree Changed(int place, Func<string?, JsonTree, IEnumerable<(string? Name, JsonTree Value)>> change) =>
        place == 0 ? change(null, this).Select(c => c.Value).FirstOrDefault() ?? new Raw("") : this switch
        {
            Items { All: var items } =>
                new Items([.. Replace(items.Select(item => ((string?)null, item)), place - 1, change).Select(c => c.Value)]),
            Members { All: var members } =>
                new Members([
                    .. Replace(members.Select(m => ((string?)m.Name, m.Value)), place - 1, change).Select(c => (c.Name ?? "\"\"", c.Value)),
                ]),
            _ => this,
        };

    public sealed override string ToString() => this switch
    {
        Raw { Text: var text } => text,
        Items { All: var items } => $"[{string.Join(',', items)}]",
        Members { All: var members } => $"{{{string.Join(',', members.Select(m => $"{m.Name}:{m.Value}"))}}}",
        _ => "",
    };

    static IEnumerable<(string? Name, JsonTree Value)> Replace(
        IEnumerable<(string? Name, JsonTree Value)> children,
        int place,
        Func<string?, JsonTree, IEnumerable<(string? Name, JsonTree Value)>> change)
    {
        foreach (var (name, value) in children)
        {
            IEnumerable<(string? Name, JsonTree Value)> now = place switch
            {
                0 => change(name, value),
                > 0 when place < value.Count => [(name, value.Changed(place, change))],
                _ => [(name, value)],
            };
            place -= value.Count;
            foreach (var each in now)
                yield return each;
        }
    }

    static JsonTree Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => new Items([.. element.EnumerateArray().Select(Of)]),
        JsonValueKind.Object => new Members([
            .. element.EnumerateObject().Select(p => ($"\"{JsonEncodedText.Encode(p.Name)}\"", Of(p.Value))),
        ]),
        _ => new Raw(element.GetRawText()),
    };
}
