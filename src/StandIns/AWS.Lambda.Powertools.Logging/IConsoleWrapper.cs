namespace AWS.Lambda.Powertools.Common;

public interface IConsoleWrapper
{
    void WriteLine(string message);

    void Debug(string message);

    void Error(string message);
}
