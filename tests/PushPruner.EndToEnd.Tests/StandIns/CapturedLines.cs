using AWS.Lambda.Powertools.Common;

namespace PushPruner.EndToEnd.Tests.StandIns;

sealed class CapturedLines : IConsoleWrapper
{
    internal List<string> Lines { get; } = [];

    public void WriteLine(string message) => Lines.Add(message);

    public void Debug(string message) => Lines.Add(message);

    public void Error(string message) => Lines.Add(message);
}
