using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace PushPruner.Cli.Output;

/// <summary>A JSON document that is passed on while it is written. One that isn't brought to its end stays visibly unfinished.</summary>
sealed class JsonStream(TextWriter output) : IDisposable
{
    const int FewBytes = 32_768;

    static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // Media types hold a +, and reasons an apostrophe, which the default one would escape.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    readonly ArrayBufferWriter<byte> buffer = new(2 * FewBytes);
    bool hasPassedOn;

    public Utf8JsonWriter Json => field ??= new Utf8JsonWriter(buffer, Options);

    /// <summary>Begins the document's object: which document it is, in which form, and what wrote it.</summary>
    /// <param name="kind">The verb that prints it.</param>
    /// <param name="form">Grows when something that was there has another name or meaning.</param>
    public void Begin(string kind, int form = 1)
    {
        Json.WriteStartObject();
        Json.WriteString("schema", string.Create(CultureInfo.InvariantCulture, $"pushpruner/{kind}/{form}"));
        Json.WriteString("version", ProgramVersion.Number);
    }

    /// <summary>Passes on what has come together, if that is worth it.</summary>
    public void PassOn()
    {
        if (Json.BytesPending + buffer.WrittenCount >= FewBytes)
            Flush();
    }

    public void End()
    {
        Flush();
        output.WriteLine();
    }

    /// <summary>Ends the line, where there is one, and not the document.</summary>
    public void Break()
    {
        if (hasPassedOn)
            output.WriteLine();
    }

    public void Dispose() => Json.Dispose();

    // The writer gives out whole values only, so no character is cut in two.
    void Flush()
    {
        Json.Flush();
        output.Write(WithoutFormats(Encoding.UTF8.GetString(buffer.WrittenSpan)));
        buffer.ResetWrittenCount();
        hasPassedOn = true;
    }

    // What would turn the direction of writing on a terminal. Outside of strings JSON has none, and in them the escape means the same.
    static string WithoutFormats(string json)
    {
        if (!json.Any(IsFormat))
            return json;

        var text = new StringBuilder(json.Length);
        foreach (var c in json)
            _ = IsFormat(c) ? text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : text.Append(c);
        return text.ToString();
    }

    static bool IsFormat(char c) => c > '\x7f' && char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
