namespace PushPruner.Testing.StepFunctions;

public sealed class JsonataException(string message) : Exception(message);
