namespace AWS.Lambda.Powertools.Common;

public class ConsoleWrapper : IConsoleWrapper
{
    static readonly Lazy<TextWriter> Output = new(() => new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });

    // In Lambda the runtime replaces Console.Out by a writer that puts each line into a log line of its own.
    static bool IsInLambda => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME"));

    public void WriteLine(string message)
    {
        if (IsInLambda)
        {
            Console.SetOut(Output.Value);
        }

        Console.Out.WriteLine(message);
    }

    public void Debug(string message) => System.Diagnostics.Debug.WriteLine(message);

    public void Error(string message) => Console.Error.WriteLine(message);
}
