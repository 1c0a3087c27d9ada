package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each schema takes a good message of its kind and refuses a bad one; T stands for a good tensor. */
class SchemaTest {
    private static final String TENSOR = "{'dtype':'float32','shape':[2],'data':'AACAPwAAAEA='}";
    private static final String HELLO =
            "{'id':0,'implementation':{'name':'test','version':'1','language':'Java'},'protocol':";
    private static final String CALL = "'rate':0.5,'training':true,'input':T";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    tensor                   | T
                    hello-request            | {'id':0,'op':'hello','protocol':'1.0'}
                    hello-request            | {'id':0,'op':'hello','protocol':'1.1'}
                    hello-reply              | H'1.0','operations':['rnn'],'dtypes':['bool'],'capabilities':[],'choices':{'integer_input':'truncate'}}
                    hello-reply              | H'1.1','operations':['attention',{'name':'gaussian_dropout','capabilities':['noise_output']}],'dtypes':['int32'],'capabilities':['slices'],'choices':{'seed_bits':32,'stream':'none'},'max_elements':9}
                    dropout-request          | {'id':7,'op':'dropout',C,'rate_of_a_newer_version':1}
                    dropout-request          | {'id':7,'op':'dropout','rate':'-Infinity','training':true,'input':T}
                    dropout-reply            | {'id':7,'output':T,'mask':T,'grad_input':T}
                    dropout-request          | {'id':7,'op':'dropout',C,'retain':true,'instance':15,'in_place':true}
                    between-request          | {'id':9,'op':'backward','of':7,'grad_output':T}
                    between-request          | {'id':9,'op':'release','of':7}
                    between-request          | {'id':9,'op':'save_state'}
                    between-request          | {'id':9,'op':'restore_state','state':''}
                    between-reply            | {'id':9,'grad_input':T,'grad_weight':T}
                    between-reply            | {'id':9,'state':'a'}
                    between-reply            | {'id':9}
                    tensor                   | {'dtype':'int64','shape':[1],'data':'AAAAAAAAAAA='}
                    error-reply              | {'id':7,'error':{'type':'internal','message':'out of memory'}}
                    spatial-dropout-request  | {'id':7,'op':'spatial_dropout',C,'channel_axis':1}
                    alpha-dropout-request    | {'id':7,'op':'alpha_dropout',C,'seed':1}
                    gaussian-dropout-request | {'id':7,'op':'gaussian_dropout',C,'grad_output':T}
                    dropconnect-request      | {'id':7,'op':'dropconnect',C,'weight':T,'bias':T}
                    dropconnect-reply        | {'id':7,'output':T,'grad_input':T,'grad_weight':T,'grad_bias':T}
                    rnn-request              | {'id':7,'op':'rnn',C,'recurrent_rate':0,'weight_input':T,'weight_recurrent':T,'bias':T}
                    rnn-reply                | {'id':7,'output':T}
                    attention-request        | {'id':7,'op':'attention','rate':0.5,'training':true,'query':T,'key':T,'value':T,'scale':0.5,'mask':T,'grad_output':T}
                    attention-reply          | {'id':7,'output':T,'mask':T,'grad_query':T,'grad_key':T,'grad_value':T}
                    network-request          | {'id':7,'op':'network','training':true,'layers':[{'dropout':{'rate':0}}],'input':T,'target':[0],'masks':[T],'gradients':true}
                    network-reply            | {'id':7,'loss':'NaN','activations':[T],'masks':[T]}
                    network-request          | {'id':7,'op':'network','layers':[{'dense':{'weight':T,'bias':T}},{'relu':{}},{'dropout':{'rate':0.5}}],'input':T,'target':[1,0]}
                    network-reply            | {'id':7,'loss':0.5,'activations':[T,T],'gradients':[{'weight':T,'bias':T},{}],'grad_input':T}
                    """)
    void goodMessageIsValid(String schema, String message) {
        assertThat(Schemas.validate(schema, expand(message))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    tensor          | {'dtype':'float32','shape':[-1],'data':''}
                    tensor          | {'dtype':'float8','shape':[1],'data':'AA=='}
                    tensor          | {'dtype':'bool','shape':[1],'data':'AB=='}
                    tensor          | {'dtype':'bool','shape':[1]}
                    hello-request   | {'id':1,'op':'hello','protocol':'1.0'}
                    hello-reply     | {'id':0,'protocol':'1.0'}
                    hello-reply     | H'1.2','operations':['rnn'],'dtypes':['bool'],'capabilities':[]}
                    hello-reply     | H'1.0','operations':['attention'],'dtypes':['bool'],'capabilities':[]}
                    hello-reply     | H'1.0','operations':[{'name':'rnn'}],'dtypes':['bool'],'capabilities':[]}
                    hello-reply     | H'1.0','operations':['rnn'],'dtypes':['int32'],'capabilities':[]}
                    hello-reply     | H'1.0','operations':['rnn'],'dtypes':['bool'],'capabilities':['retain']}
                    hello-reply     | H'1.0','operations':['rnn'],'dtypes':['bool'],'capabilities':[],'max_elements':9}
                    hello-reply     | H'1.0','operations':['rnn'],'dtypes':['bool'],'capabilities':[],'choices':{'modes':'both'}}
                    hello-reply     | H'1.1','operations':['rnn'],'dtypes':['bool'],'capabilities':[],'choices':{'integer_input':'truncate'}}
                    hello-reply     | H'1.1','operations':['rnn'],'dtypes':['bool'],'capabilities':[],'choices':{'seed_bits':15}}
                    hello-reply     | H'1.1','operations':[{'dtypes':['bool']}],'dtypes':['bool'],'capabilities':[]}
                    hello-reply     | H'1.1','operations':[{'name':'gaussian_dropout','capabilities':['mask_output']}],'dtypes':['bool'],'capabilities':[]}
                    hello-reply     | H'1.1','operations':[{'name':'rnn','capabilities':['noise_input']}],'dtypes':['bool'],'capabilities':[]}
                    hello-reply     | H'1.1','operations':['rnn'],'dtypes':['bool'],'capabilities':['in_place']}
                    hello-reply     | H'1.1','operations':['rnn'],'dtypes':['bool'],'capabilities':['slices']}
                    hello-reply     | H'1.1','operations':['rnn'],'dtypes':['bool'],'capabilities':['state'],'choices':{'stream':'none'}}
                    dropout-request | {'id':7,'op':'dropout','rate':null,'training':true,'input':T}
                    dropout-request | {'id':7,'op':'dropout',C,'seed':9007199254740992}
                    dropout-request | {'id':7,'op':'dropout',C,'instance':16}
                    between-request | {'id':9,'op':'backward','grad_output':T}
                    between-request | {'id':9,'op':'restore_state'}
                    between-request | {'id':9,'op':'forget'}
                    between-reply   | {'id':9,'output':T}
                    dropout-reply   | {'id':7,'output':T,'ouput':T}
                    dropout-reply   | {'id':7}
                    error-reply     | {'id':7,'error':{'type':'oops','message':'x'}}
                    attention-request | {'id':7,'op':'attention','rate':0.5,'training':true,'query':T,'key':T,'value':T}
                    attention-reply | {'id':7,'output':T,'grad_query':T}
                    network-reply   | {'id':7,'loss':0.5,'activations':[T],'gradients':[{}]}
                    network-request | {'id':7,'op':'network','layers':[{'tanh':{}}],'input':T,'target':[1,0]}
                    network-reply   | {'id':7,'loss':0.5,'activations':[T],'gradients':[{'weight':T}],'grad_input':T}
                    """)
    void badMessageIsInvalid(String schema, String message) {
        assertThat(Schemas.validate(schema, expand(message))).isNotEmpty();
    }

    private static String expand(String message) {
        return message.replaceAll("^H", HELLO)
                .replaceAll("\\bC\\b", CALL)
                .replaceAll("\\bT\\b", TENSOR)
                .replace('\'', '"');
    }
}
