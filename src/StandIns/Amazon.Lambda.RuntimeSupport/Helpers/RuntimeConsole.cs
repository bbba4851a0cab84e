using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// What the runtime puts in the place of <see cref="Console.Out"/> and <see cref="Console.Error"/>: each line that the function writes
/// becomes the message of a log line. Hence a logger that writes JSON must not write to the console that it finds.
/// </summary>
sealed class RuntimeConsole(TextWriter inner, string level) : TextWriter
{
    string _requestId;
    string _traceId;

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Takes the place of the console's writers, once in a process.</summary>
    internal static RuntimeConsole Install()
    {
        if (Installed is null)
        {
            Installed = new RuntimeConsole(Console.Out, "Information");
            Console.SetOut(Installed);
            Console.SetError(new RuntimeConsole(Console.Error, "Error"));
        }

        return Installed;
    }

    static RuntimeConsole Installed { get; set; }

    internal void BeginInvocation(string requestId, string traceId) => (_requestId, _traceId) = (requestId, traceId);

    internal void Report(Exception exception) => inner.WriteLine(LogLine.Of("Error", message: null, exception, _requestId, _traceId));

    public override void Write(char value) => inner.Write(value);

    public override void Write(string value) => inner.Write(value);

    public override void WriteLine(string value) => inner.WriteLine(LogLine.Of(level, value, exception: null, _requestId, _traceId));

    public override Task WriteLineAsync(string value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void Flush() => inner.Flush();
}
