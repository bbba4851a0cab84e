using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using PushPruner.Lambda;

[assembly: LambdaSerializer(typeof(FunctionSerializer))]
[assembly: LambdaGlobalProperties(GenerateMain = false, Runtime = "provided.al2023")]
