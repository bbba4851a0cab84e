using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PushPruner.Cli.Plan;

/// <summary>A JSON document that is passed on while it is written. One that isn't brought to its end stays visibly unfinished.</summary>
sealed class JsonStream(TextWriter output) : IDisposable
{
    const int FewBytes = 32_768;

    readonly ArrayBufferWriter<byte> buffer = new(2 * FewBytes);
    bool hasPassedOn;

    public Utf8JsonWriter Json => field ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" });

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
        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        buffer.ResetWrittenCount();
        hasPassedOn = true;
    }
}
